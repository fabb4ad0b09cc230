/** Where radosgw and the local bucket are known to answer a form differently. */
export interface KnownDifference {
  /** Of the form. */
  readonly id: string;
  readonly radosgw: string;
  readonly ours: string;
  /**
   * Which of the two is S3's way, and how that is known: from its documentation, from its answers as
   * test suites recorded them, or as people captured and published them.
   */
  readonly reason: string;
}

/** Forms, by their ids, that differ for one reason: radosgw's answer, ours, and who gets them. */
export function because(
  reason: string,
  rows: readonly (readonly [radosgw: string, ours: string, ids: readonly string[]])[],
): KnownDifference[] {
  return rows.flatMap(([radosgw, ours, ids]) => ids.map((id) => ({ id, radosgw, ours, reason })));
}
