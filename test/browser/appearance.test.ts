import { describe, expect, it } from 'vitest';
import { Gate, refuses } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import { textFile, type UploadPage, useUploadPages } from './upload-page.ts';

describe.skipIf(!requirement('chromium').available)('how the form looks (needs chromium)', () => {
  const openPage = useUploadPages();
  let open: UploadPage;

  /** Properties of an element as the browser computes them; of its first part of a kind, too. */
  const styleOf = <Property extends string>(
    selector: string,
    ...properties: readonly Property[]
  ): Promise<Record<Property, string>> =>
    open.page
      .locator(selector)
      .first()
      .evaluate((element, properties) => {
        const style = getComputedStyle(element);
        return Object.fromEntries(
          properties.map((property) => [property, style.getPropertyValue(property)]),
        );
      }, properties) as Promise<Record<Property, string>>;

  /** Shows a file on its way, one that is done, one that failed, and an error. */
  const showEverything = async () => {
    open.bucket.faults.push(new Gate().holdsAnswer);
    await open.chooseAll(textFile('moving.txt'));
    await open.submit();
    await open.at('moving.txt', 'finishing');
    await open.chooseAll(textFile('done.txt'));
    await open.submit();
    await open.at('done.txt', 'done');
    open.bucket.faults.push(refuses(403, 'AccessDenied', 'x'));
    await open.chooseAll(textFile('failed.txt'));
    await open.submit();
    await open.at('failed.txt', 'failed');
    await open.choose(textFile('empty.txt', 0));
    await open.errors();
    // Else it would be above a button.
    await open.page.mouse.move(0, 0);
  };

  it('each of its variables is for the page to set', async () => {
    open = await openPage();
    await showEverything();
    const colour = 'rgb(1, 2, 3)';
    const uses: readonly (readonly [string, value: string, selector: string, of: string])[] = [
      ['text', colour, '.s3-form', 'color'],
      ['muted', colour, '.s3-form-hint', 'color'],
      ['muted', colour, '.s3-form-size', 'color'],
      ['bg', colour, '.s3-form-choose', 'background-color'],
      ['bg-over', colour, '.s3-form-drop', 'background-color'],
      ['bg-thumb', colour, '.s3-form-thumb', 'background-color'],
      ['border', colour, '.s3-form-drop', 'border-top-color'],
      ['line', colour, '.s3-form-item', 'border-bottom-color'],
      ['line', colour, '.s3-form-bar:not([hidden])', 'background-color'],
      ['accent', colour, '.s3-form-submit', 'background-color'],
      ['accent', colour, '.s3-form-remove', 'color'],
      ['on-accent', colour, '.s3-form-submit', 'color'],
      ['error', colour, '.s3-form-error', 'color'],
      ['error', colour, '[data-state=failed] .s3-form-status', 'color'],
      ['ok', colour, '[data-state=done] .s3-form-status', 'color'],
      ['radius', '13px', '.s3-form-submit', 'border-top-left-radius'],
      ['gap', '13px', '.s3-form', 'row-gap'],
      ['target', '70px', '.s3-form-choose', 'min-height'],
    ];
    const form = open.page.locator('.s3-form');
    for (const [name, value, selector, property] of uses) {
      await open.page
        .locator('.s3-form-drop')
        .evaluate((zone, isOver) => zone.toggleAttribute('data-over', isOver), name === 'bg-over');
      const what = `--s3-form-${name} in ${selector}`;
      const set = (value: string) =>
        form.evaluate(
          (form, [name, value]) =>
            (form as HTMLElement).style.setProperty(`--s3-form-${name}`, value),
          [name, value] as const,
        );
      expect((await styleOf(selector, property))[property], what).not.toBe(value);
      await set(value);
      expect((await styleOf(selector, property))[property], what).toBe(value);
      await set('');
    }
  });

  it('a browser without light-dark() draws it in light colours', async () => {
    open = await openPage({}, { colorScheme: 'dark' });
    const colours = () => styleOf('.s3-form-submit', 'color', 'background-color');
    // By the page, which has a dark mode.
    expect(await colours()).toEqual({
      color: 'rgb(13, 17, 23)',
      'background-color': 'rgb(138, 180, 248)',
    });
    await open.page.route(/\.css$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replaceAll('light-dark(', 'of-another-time(');
      await route.fulfill({ response, body });
    });
    await open.goto();
    expect(await colours()).toEqual({
      color: 'rgb(255, 255, 255)',
      'background-color': 'rgb(11, 87, 208)',
    });
    await showEverything();
    const drawn: Record<string, Record<string, string>> = {};
    for (const part of ['drop', 'choose', 'error', 'thumb', 'size']) {
      drawn[part] = await styleOf(
        `.s3-form-${part}`,
        ...['color', 'background-color', 'border-top-color'],
      );
    }
    expect(drawn).toMatchObject({
      choose: { color: 'rgb(11, 87, 208)', 'background-color': 'rgb(255, 255, 255)' },
      drop: { color: 'rgb(27, 31, 36)', 'border-top-color': 'rgb(125, 133, 144)' },
      error: { color: 'rgb(179, 38, 30)' },
      thumb: { 'background-color': 'rgb(238, 241, 244)' },
      size: { color: 'rgb(89, 97, 107)' },
    });
  });

  it('what the keyboard is on has an outline', async () => {
    const inputs = [{ name: 'x-amz-meta-title', label: 'Title' }];
    open = await openPage({ form: { inputs } });
    await open.chooseAll(textFile('a.txt'));
    await open.page.locator('h1').click();
    const outline = ['outline-style', 'outline-width', 'outline-color'] as const;
    for (const part of ['text', 'choose', 'remove', 'submit']) {
      const selector = `.s3-form-${part}`;
      expect(await styleOf(selector, 'outline-style'), part).toEqual({ 'outline-style': 'none' });
      await open.page.keyboard.press('Tab');
      await open.page.locator(`${selector}:focus-visible`).waitFor();
      expect(await styleOf(selector, ...outline), part).toEqual({
        'outline-style': 'solid',
        'outline-width': '3px',
        'outline-color': 'rgb(11, 87, 208)',
      });
    }
  });

  it.each([
    ['no-preference', '0.2s'],
    ['reduce', '0s'],
  ] as const)('the bar grows smoothly, unless who sees it wants no motion: %s', async (reducedMotion, duration) => {
    open = await openPage({}, { reducedMotion });
    open.bucket.faults.push(new Gate().holdsAnswer);
    await open.chooseAll(textFile('a.txt'));
    await open.submit();
    await open.at('a.txt', 'finishing');
    // The part that grows is the browser's own, and there only with a value.
    await open.page.locator('.s3-form-bar').evaluate((bar) => {
      (bar as HTMLProgressElement).value = 0.5;
    });
    const client = await open.page.context().newCDPSession(open.page);
    await client.send('DOM.enable');
    await client.send('CSS.enable');
    const { root } = await client.send('DOM.getDocument', { depth: -1, pierce: true });
    type Node = typeof root;
    const nodes = (node: Node): Node[] =>
      [node, ...(node.children ?? []), ...(node.shadowRoots ?? [])].flatMap((one) =>
        one === node ? [node] : nodes(one),
      );
    const grows = nodes(root).find((node) => node.attributes?.includes('-webkit-progress-value'));
    const { computedStyle } = await client.send('CSS.getComputedStyleForNode', {
      nodeId: grows?.nodeId ?? 0,
    });
    const found = computedStyle.find(({ name }) => name === 'transition-duration');
    expect(found?.value).toBe(duration);
  });
});
