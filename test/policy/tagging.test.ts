import { expect, it } from 'vitest';
import { taggingXml } from '../../src/policy/field-values.ts';
import { readTagging } from '../../src/policy/tagging.ts';

it.each<[string, [string, string][], boolean?]>([
  [
    '<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Value/><Key>b</Key></Tag></TagSet></Tagging>',
    [
      ['a', '1'],
      ['b', ''],
    ],
  ],
  [
    '<?xml version="1.0"?>\n<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n <TagSet>\n  <Tag>\n <Key>a b</Key> <Value>&lt;&amp;&gt;&quot;&apos;&#33;&#x1f451;</Value></Tag></TagSet>\n</Tagging>\n',
    [['a b', '<&>"\'!👑']],
    // Of attributes nothing is recorded.
    false,
  ],
  ['<Tagging><!-- <Tag> --><TagSet/></Tagging>', []],
  ["<?xml version='1.0' encoding='utf-8'?><Tagging/>", []],
  ['<Tagging><TagSet><Tag><Key>a<!-- b -->c</Key><Value/></Tag></TagSet></Tagging>', [['ac', '']]],
  ['<é/>', [], false],
  ['<a:b/>', [], false],
  ['<Tagging/>', []],
  ['<Other><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Other>', []],
  ['<a><constructor/><__proto__>x</__proto__></a>', []],
])('reads the tags of %s', (xml, tags, certain = true) => {
  expect(readTagging(xml)).toEqual({ tags, certain });
});

it.each([
  ' ',
  'text',
  'text<a/>',
  '<a/>text',
  '<a>',
  '</a>',
  '<a></b>',
  '<a><b></a></b>',
  '<a/><a/>',
  '<a b></a>',
  "<a b='1></a>",
  '<a',
  '<a>&</a>',
  '<a>&unknown;</a>',
  '<a>&constructor;</a>',
  '<a>&#0;</a>',
  '<a>&#x110000;</a>',
  '<a>&#1;</a>',
  '<a>&#xd800;</a>',
  '<a>&#xffff;</a>',
  '<a>&#X41;</a>',
  '<a>\u0001</a>',
  '<a>\ud800</a>',
  '<a>\uffff</a>',
  '<a>]]></a>',
  '\u00a0<a/>',
  '<1/>',
])('takes %j for no XML', (xml) => {
  expect(readTagging(xml)).toEqual({ tags: undefined, certain: true });
});

it.each([
  '',
  '<!-- <a/>',
  '\ufeff<a/>',
  '\n<?xml version="1.0"?><Tagging/>',
  '<Tagging><?xml version="1.0"?></Tagging>',
  '<?xml version="1.0" encoding="utf-16"?><Tagging/>',
  '<?xml?><Tagging/>',
  '<Tagging><!-- a -- b --></Tagging>',
  '<Tagging><?a b?></Tagging>',
  '<!DOCTYPE Tagging><Tagging/>',
  '<Tagging><![CDATA[a]]></Tagging>',
  '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>',
  '<Tagging><TagSet><Tag/></TagSet></Tagging>',
])('does not know what S3 makes of %j', (xml) => {
  expect(readTagging(xml)).toEqual({ tags: undefined, certain: false });
});

it('reads what createPresignedPost writes', () => {
  const tags = { project: 'a & b <c>', ключ: '"\'', empty: '' };
  expect(readTagging(taggingXml(tags, 'tags'))).toEqual({
    tags: Object.entries(tags),
    certain: true,
  });
});

it.each([
  '<a>'.repeat(5000),
  '&'.repeat(20_000),
  ' '.repeat(20_000),
  `<a${' b=""'.repeat(5000)}`,
])('is not held up by %.10s…', (xml) => {
  expect(readTagging(xml).tags).toBeUndefined();
}, 2000);
