/** A tag of an object. */
export type Tag = readonly [key: string, value: string];

/** What a field `tagging` says. */
export interface Tagging {
  /** `undefined` where S3 reads no tags and refuses the field. */
  readonly tags: readonly Tag[] | undefined;
  /** Whether S3 is known to read it so. */
  readonly certain: boolean;
}

/** What XML in UTF-8 may begin with. */
const DECLARATION =
  /^<\?xml\s+version=(?:"1\.0"|'1\.0')(?:\s+encoding=(?:"[Uu][Tt][Ff]-8"|'[Uu][Tt][Ff]-8'))?(?:\s+standalone=(?:"yes"|'yes'|"no"|'no'))?\s*\?>/;

/** One piece of XML: a comment, a tag with its attributes, or text. */
const TOKENS =
  /<!--(?:(?!--).)*-->|<(?<slash>\/?)(?<name>[A-Za-z_\u0080-\u{10ffff}][\w.:\u0080-\u{10ffff}-]*)(?<attributes>(?:[ \t\r\n]+[\w.:-]+[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*'))*)[ \t\r\n]*(?<empty>\/?)>|(?<text>[^<]+)/suy;

/** @see https://www.w3.org/TR/xml/#charsets */
const NO_CHARACTER = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const TAG = 'Tagging/TagSet/Tag';

/**
 * Reads the tags in the XML of a field `tagging`. What is no XML is refused; of other XML S3 makes no
 * tags, without a word.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tagging.html
 */
export function readTagging(xml: string): Tagging {
  // Whether an empty field counts as none is not known, nor what a mark of the byte order does.
  const malformed: Tagging = { tags: undefined, certain: /^[^\ufeff]/.test(xml) };
  if (NO_CHARACTER.test(xml)) return malformed;
  const tags: Tag[] = [];
  const path: string[] = [];
  let roots = 0;
  let tag = new Map<string, string>();
  let position = DECLARATION.exec(xml)?.[0].length ?? 0;
  let certain = true;
  while (position < xml.length) {
    TOKENS.lastIndex = position;
    const groups = TOKENS.exec(xml)?.groups;
    if (groups === undefined) {
      // A document type, CDATA or an instruction is XML, but nobody knows what S3 makes of it.
      const isUnknown = xml.startsWith('<!', position) || xml.startsWith('<?', position);
      return isUnknown ? { tags: undefined, certain: false } : malformed;
    }
    position = TOKENS.lastIndex;
    const { name, slash, attributes, empty, text } = groups;
    // Nor of attributes, or of names that are not plain.
    if (attributes || (name !== undefined && /[^\w.-]/.test(name))) certain = false;
    if (text !== undefined) {
      const characters = unescapeXml(text);
      if (characters === undefined || (path.length === 0 && /[^ \t\r\n]/.test(text))) {
        return malformed;
      }
      if (path.slice(0, -1).join('/') === TAG) {
        const part = path.at(-1) ?? '';
        tag.set(part, (tag.get(part) ?? '') + characters);
      }
    }
    if (name === undefined) continue;
    if (slash === '') {
      if (path.length === 0) roots += 1;
      if (path.join('/') === TAG) tag.set(name, '');
      path.push(name);
    }
    if (slash === '' && empty === '') continue;
    const closed = path.join('/');
    if (path.pop() !== name) return malformed;
    if (closed !== TAG) continue;
    const [key, value] = [tag.get('Key'), tag.get('Value')];
    if (key === undefined || value === undefined) return { tags: undefined, certain: false };
    tags.push([key, value]);
    tag = new Map();
  }
  return path.length === 0 && roots === 1 ? { tags, certain } : malformed;
}

function unescapeXml(text: string): string | undefined {
  const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  let isXml = !text.includes(']]>');
  const characters = text.replaceAll(
    /&(?:#(\d+)|#x([\dA-Fa-f]+)|(\w+));|&/g,
    (_, decimal, hex, name) => {
      const code = decimal
        ? Number.parseInt(decimal, 10)
        : hex
          ? Number.parseInt(hex, 16)
          : undefined;
      const character =
        code === undefined
          ? Object.hasOwn(entities, name ?? '') && entities[name]
          : code <= 0x10_ff_ff && String.fromCodePoint(code);
      if (!character || NO_CHARACTER.test(character)) isXml = false;
      return character || '';
    },
  );
  return isXml ? characters : undefined;
}
