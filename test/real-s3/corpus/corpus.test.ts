import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../support/program.ts';
import { isForeignServer } from '../../support/real-s3.ts';
import { requirement } from '../../support/requirements.ts';
import { type Answer, addressOf, difference, postTo } from './answer.ts';
import { KNOWN_DIFFERENCES } from './differences/index.ts';
import { writeForm } from './form.ts';
import { CORPUS } from './forms/index.ts';
import { type RunningServer, startOurs, startTheirs } from './servers.ts';

describe('the corpus of forms', () => {
  it('has at least 200 of them', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(200);
  });

  it('has no two forms that are alike', () => {
    expect(repeated(CORPUS.map(([id]) => id))).toEqual([]);
    expect(repeated(CORPUS.map(([, exercises]) => exercises))).toEqual([]);
    const ids = new Map(CORPUS.map(([id, , change]) => [writeForm(change).canonical, id]));
    const unlike = new Set(ids.values());
    expect(CORPUS.map(([id]) => id).filter((id) => !unlike.has(id))).toEqual([]);
  });

  it('has a form for each known difference, and one row for each', () => {
    const ids = CORPUS.map(([id]) => id);
    const rows = KNOWN_DIFFERENCES.map(({ id }) => id);
    expect(repeated(rows)).toEqual([]);
    expect(rows.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is counted right in the README', () => {
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const different = KNOWN_DIFFERENCES.length;
    expect(text).toContain(`${CORPUS.length} forms, no two alike`);
    expect(text).toContain(`${CORPUS.length - different} get the same status and code`);
    expect(text).toContain(`For the other ${different} a table`);
  });
});

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

describe.skipIf(!requirement('radosgw').available || isForeignServer)(
  'radosgw and the local bucket (needs radosgw of its own)',
  () => {
    let theirs: RunningServer;
    let ours: RunningServer;
    const agreeing = new Set<string>();
    const differing = new Set<string>();

    beforeAll(async () => {
      [theirs, ours] = await Promise.all([startTheirs(), startOurs()]);
    });
    afterAll(async () => {
      await Promise.all([theirs?.stop(), ours?.stop()]);
      const counts = `${agreeing.size} agree, ${differing.size} known differences`;
      process.stdout.write(`${CORPUS.length} forms, ${counts}\n`);
    });

    it.each(CORPUS)('answer alike, or as known: %s, %s', async (id, _, change) => {
      const form = writeForm(change);
      const [their, our] = [await postTo(theirs, form), await postTo(ours, form)];
      const row = KNOWN_DIFFERENCES.find((one) => one.id === id);
      expect(difference(their, our)).toEqual(row && [row.radosgw, row.ours]);

      // S3 tells ETag and address of every stored file; radosgw never does, so no rows have it.
      expect(their.told).toEqual({});
      expect(our.told).toEqual(
        our.headline.startsWith('2') ? toldOf(our, addressOf(ours.origin, form)) : {},
      );
      (row ? differing : agreeing).add(id);
    });
  },
);

/** What S3 tells of a stored object in the headers of its answer. */
function toldOf({ facts }: Answer, address: string): Answer['told'] {
  const key = new URLSearchParams({ '': facts['key'] ?? '' }).toString().slice(1);
  return { etag: facts['etag'], location: address + key };
}
