/** A process warning of the package's own. */
export type Warning = Error & { readonly code?: string };

/** The warnings of the package that `run` gives. */
export async function warningsOf(run: () => unknown): Promise<Warning[]> {
  const warnings: Warning[] = [];
  const listen = (warning: Warning) => {
    if (warning.name === 'S3FormWarning') warnings.push(warning);
  };
  process.on('warning', listen);
  try {
    await run();
    // Node gives them on the next tick.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('warning', listen);
  }
  return warnings;
}
