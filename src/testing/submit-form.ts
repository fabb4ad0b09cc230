import { randomUUID } from 'node:crypto';
import { type DefaultTreeAdapterTypes, parse, html as spec } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A file as a person would choose it. */
export interface ChosenFile {
  readonly name: string;
  /** @default 'application/octet-stream', as browsers send for what they don't know */
  readonly type?: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

export interface FillIn {
  /** Nothing is chosen where it is left out. */
  readonly file?: ChosenFile;
  /** What is typed into the inputs of these names. */
  readonly values?: Readonly<Record<string, string>>;
}

export type FormEntry = [name: string, value: string | File];

export interface FilledForm {
  readonly action: string;
  /** In the document's order, as a browser sends them. */
  readonly entries: FormEntry[];
}

/**
 * Fills in the first form of a page and posts it as a browser without script would.
 * Redirects are not followed.
 *
 * @throws {Error} where the page has no form that could upload a file
 */
export function submitForm(page: string, fillIn: FillIn): Promise<Response> {
  return postForm(fillForm(page, fillIn));
}

/** Posts the entries of a form in their order. */
export function postForm({ action, entries }: FilledForm): Promise<Response> {
  const boundary = `----form${randomUUID()}`;
  return fetch(action, {
    method: 'POST',
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: new Blob([...entries.flatMap((entry) => encode(entry, boundary)), `--${boundary}--\r\n`]),
    redirect: 'manual',
  });
}

/**
 * Node's own FormData leaves out an empty file name, by which S3 knows that no file was chosen.
 *
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 */
function encode([name, value]: FormEntry, boundary: string): (string | Blob)[] {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${percentEncode(toLines(name))}"`;
  if (typeof value === 'string') return [`${head}\r\n\r\n${toLines(value)}\r\n`];
  const type = value.type || 'application/octet-stream';
  return [
    `${head}; filename="${percentEncode(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`,
    value,
    '\r\n',
  ];
}

function toLines(text: string): string {
  return text.replaceAll(/\r\n?|\n/g, '\r\n');
}

function percentEncode(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The entries that a browser would send of the first form of a page. */
export function fillForm(page: string, { file, values = {} }: FillIn): FilledForm {
  const form = elements(parse(page)).find(({ tagName }) => tagName === 'form');
  if (!form) throw new Error('The page has no form.');
  const { action, method, enctype } = attributes(form);
  if (!action || !isWord(method, 'post') || !isWord(enctype, 'multipart/form-data')) {
    throw new Error('The form does not post multipart/form-data to an address.');
  }
  const entries = elements(form).flatMap((element): FormEntry[] => {
    const { name, type = 'text', value, checked, disabled } = attributes(element);
    if (!name || disabled !== undefined) return [];
    const typed = Object.hasOwn(values, name) ? values[name] : undefined;
    if (element.tagName === 'textarea') return [[name, typed ?? textOf(element)]];
    if (element.tagName !== 'input' || /^(submit|button|reset|image)$/i.test(type)) return [];
    if (isWord(type, 'file')) return [[name, toFile(file)]];
    const isBox = /^(checkbox|radio)$/i.test(type);
    if (isBox && checked === undefined) return [];
    return [[name, typed ?? value ?? (isBox ? 'on' : '')]];
  });
  return { action, entries };
}

/** HTML's keywords are read in any case. */
function isWord(text: string | undefined, keyword: string): boolean {
  return text?.toLowerCase() === keyword;
}

function toFile(chosen: ChosenFile | undefined): File {
  const type = chosen?.type ?? 'application/octet-stream';
  return new File(chosen ? [chosen.content] : [], chosen?.name ?? '', { type });
}

function textOf(element: Element): string {
  return element.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}

/** All elements below a node, in the document's order. */
export function elements(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return children.flatMap((child) =>
    'tagName' in child && child.namespaceURI === spec.NS.HTML
      ? [child, ...elements(child)]
      : elements(child),
  );
}

export function attributes(element: Element): Partial<Record<string, string>> {
  return Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
}
