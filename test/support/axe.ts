import axe from 'axe-core';
import type { Page } from 'playwright-core';

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds against WCAG 2.2 AA on a page as it is now, one line for each element at fault;
 * what it could not decide (`unsure`) counts as a fault. The page must be allowed to run scripts,
 * of which its own policy may allow none.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    const { axe: installed } = globalThis as unknown as { axe: typeof import('axe-core') };
    const found = await installed.run({ runOnly: { type: 'tag', values } });
    return (['violations', 'incomplete'] as const).flatMap((kind) =>
      found[kind].flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, any, all, none }) => {
          const reasons = [...any, ...all, ...none].map(({ message }) => message);
          const verdict = kind === 'incomplete' ? ['unsure'] : [];
          return [...verdict, id, help, target.join(' '), ...reasons].join(' | ');
        }),
      ),
    );
  }, WCAG_2_2_AA);
}
