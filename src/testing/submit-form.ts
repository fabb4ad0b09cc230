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
  const body = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, value.name);
  }
  return fetch(action, { method: 'POST', body, redirect: 'manual' });
}

/** The entries that a browser would send of the first form of a page. */
export function fillForm(page: string, { file, values = {} }: FillIn): FilledForm {
  const form = elements(parse(page)).find(({ tagName }) => tagName === 'form');
  if (!form) throw new Error('The page has no form.');
  const { action, method, enctype } = attributes(form);
  if (!action || method !== 'post' || enctype !== 'multipart/form-data') {
    throw new Error('The form does not post multipart/form-data to an address.');
  }
  const entries = elements(form).flatMap((element): FormEntry[] => {
    const { name, type = 'text', value = '', ...others } = attributes(element);
    const isInput = element.tagName === 'input' && !['submit', 'button', 'reset'].includes(type);
    if (!isInput || !name || 'disabled' in others) return [];
    if (type === 'file') return [[name, toFile(file)]];
    return [[name, values[name] ?? value]];
  });
  return { action, entries };
}

function toFile(chosen: ChosenFile | undefined): File {
  const type = chosen?.type ?? 'application/octet-stream';
  return new File(chosen ? [chosen.content] : [], chosen?.name ?? '', { type });
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
