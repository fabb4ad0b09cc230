import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/program.ts';

/** The rows of the threats: what somebody may try, and the test that proves the answer. */
const threats = [
  ...readFileSync(join(ROOT, 'SECURITY.md'), 'utf8').matchAll(
    /^\| (?<threat>.+?) \| .+? \| `(?<file>test\/[^`]+)`: (?<title>.+) \|$/gm,
  ),
].map(({ groups = {} }) => groups as { threat: string; file: string; title: string });

describe('SECURITY.md', () => {
  it('has its table of threats', () => {
    const table = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8').split('## Threats')[1] ?? '';
    const rows = table.split('\n').filter((line) => line.startsWith('| ')).length;
    expect(rows).toBeGreaterThan(20);
    expect(threats, 'every row but the head names its test').toHaveLength(rows - 1);
  });

  it.each(threats)('$threat: its test is there', ({ file, title }) => {
    const source = readFileSync(join(ROOT, file), 'utf8').replaceAll("\\'", "'");
    const titles = [...source.matchAll(/(?:it|describe|\))\(\s*(['"`])(.+?)\1,/gs)].map(
      ([, , text]) => text,
    );
    expect(titles).toContain(title);
  });
});

/** What a comparison tells by its time, no test of its results can show. */
describe('a signature is compared in constant time', () => {
  const sourceOf = (file: string) => readFileSync(join(ROOT, 'src', file), 'utf8');

  it('by one function', () => {
    const [, body = ''] =
      /function isSameSignature\(.+?\{\n(.+?)\n\}/s.exec(sourceOf('policy/signature.ts')) ?? [];
    expect(body).toMatch(/return a\.length === b\.length && timingSafeEqual\(a, b\);$/);
  });

  it.each([
    'form/signed-token.ts',
    'policy/authenticate.ts',
    'local-bucket/download.ts',
  ])('which is called in %s', (file) => {
    expect(sourceOf(file)).toMatch(/\bisSameSignature\(/);
  });
});
