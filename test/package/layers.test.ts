import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/program.ts';

/** A folder may import those behind it in this list, and itself. */
const LAYERS = ['.', 'cli', 'testing', 'local-bucket', 'express', 'form', 'bucket', 'policy'];

const SOURCE = join(ROOT, 'src');
const all = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
const isForBrowsers = (file: string) => dirname(file) === 'browser';
const files = all.filter((file) => !isForBrowsers(file));
const importsOf = (file: string): string[] =>
  [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/from '([^']+)'/g)].map(
    ([, name = '']) => name,
  );

describe('imports go one way', () => {
  it.each(files)('%s', (file) => {
    const own = LAYERS.indexOf(dirname(file));
    expect(own, 'its folder is a layer').toBeGreaterThanOrEqual(0);
    for (const name of importsOf(file).filter((name) => name.startsWith('.'))) {
      const other = relative(SOURCE, dirname(resolve(SOURCE, dirname(file), name))) || '.';
      expect(LAYERS.indexOf(other), `${file} imports ${name}`).toBeGreaterThanOrEqual(own);
    }
  });

  it.each(all.filter(isForBrowsers))('%s stands alone', (file) => {
    for (const name of importsOf(file)) expect(name).toMatch(/^\.\/[a-z-]+\.ts$/);
  });

  it('the core needs node:crypto and no other part of the machine', () => {
    const core = files.filter((file) => dirname(file) === 'policy').flatMap(importsOf);
    const outside = new Set(core.filter((name) => !name.startsWith('.')));
    expect(outside).toEqual(new Set(['node:crypto', 'fastest-levenshtein']));
  });

  it('only the router knows Express', () => {
    for (const file of files.filter((file) => dirname(file) !== 'express')) {
      expect(importsOf(file), file).not.toContain('express');
    }
  });
});
