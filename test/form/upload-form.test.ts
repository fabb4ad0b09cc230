import { describe, expect, it } from 'vitest';
import { parseInputs } from '../../src/form/upload-form.ts';

describe('inputs', () => {
  it('are a key or metadata', () => {
    const inputs = [
      { name: 'key', label: 'Key', startsWith: 'docs/' },
      { name: 'x-amz-meta-title', label: 'Title', required: true },
    ];
    expect(parseInputs(inputs)).toEqual(inputs);
    expect(parseInputs(undefined)).toEqual([]);
  });

  it.each([
    [[{ name: 'acl', label: 'ACL' }], 'inputs[0].name', 'invalid_option'],
    [[{ name: 'x-amz-meta-Title', label: 'Title' }], 'inputs[0].name', 'invalid_option'],
    [[{ name: 'key' }], 'inputs[0].label', 'missing_option'],
    [[{ label: 'Key' }], 'inputs[0].name', 'missing_option'],
    [[{ name: 'key', label: 'Key', starts: '' }], 'inputs[0].starts', 'unknown_option'],
    [
      [
        { name: 'key', label: 'Key' },
        { name: 'key', label: 'Again' },
      ],
      'inputs[1].name',
      'invalid_option',
    ],
  ])('refuses %j for its %s', (inputs, option, code) => {
    expect(() => parseInputs(inputs)).toThrow(expect.objectContaining({ option, code }));
  });

  it.each([{}, 'key', ['key'], [null]])('wants an array of objects, not %j', (inputs) => {
    expect(() => parseInputs(inputs)).toThrow(TypeError);
  });
});
