import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Renderer } from '../../src/form/renderer.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function viewsWith(templates: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'views-'));
  directories.push(directory);
  for (const [name, text] of Object.entries(templates)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

const page = { language: 'en', title: 'T', head: '', form: '<form></form>' };

describe("an app's own views", () => {
  it('win over ours by name', () => {
    const renderer = new Renderer(viewsWith({ 'page.eta': 'mine: <%= it.title %>' }));
    expect(renderer.render('page', page)).toBe('mine: T');
  });

  it('may take our layout, and replace it for our pages too', () => {
    const withOurs = new Renderer(
      viewsWith({ 'page.eta': "<% layout('./partials/layout') %>mine" }),
    );
    expect(withOurs.render('page', page)).toMatch(/<!doctype html>[\s\S]*mine/);
    const withTheirs = new Renderer(viewsWith({ 'partials/layout.eta': '[<%~ it.body %>]' }));
    expect(withTheirs.render('page', page)).toMatch(/^\[[\s\S]*<form><\/form>[\s\S]*\]$/);
  });

  it('replace an include of ours', () => {
    const renderer = new Renderer(viewsWith({ 'partials/file-input.eta': 'MINE' }));
    const form = { id: 'f', action: '', hidden: [], inputs: [], messages: {} };
    expect(renderer.render('upload-form', form)).toContain('MINE');
  });

  it('can not reach outside of their directory', () => {
    const outside = viewsWith({ 'secret.eta': 'secret' });
    const views = viewsWith({
      'page.eta': `<%~ include('../${outside.split('/').pop()}/secret') %>`,
    });
    expect(() => new Renderer(views).render('page', page)).toThrow(/There is no template/);
  });
});

it('a template that is nowhere is named', () => {
  expect(() => new Renderer().render('nowhere', {})).toThrow(/nowhere\.eta/);
});
