import { existsSync } from 'node:fs';
import type { Workbench } from './workbench.ts';

/**
 * Takes the default of every question a command asks, by Enter, until `isDone` says that its result is
 * there, or leaves off at the question whose title holds `until`. Throws, naming the last question, when that
 * never comes.
 */
export async function acceptDefaults(
  workbench: Workbench,
  isDone: () => boolean | Promise<boolean>,
  seconds: number,
  until?: string,
): Promise<void> {
  const { page } = workbench;
  const widget = page.locator('.quick-input-widget:visible');
  // Only questions have a title: the palette, which may still be closing, has none.
  const title = widget.locator('.quick-input-title');
  // Enter must never land in the editor behind.
  const focused = widget.locator('input:focus');
  const deadline = Date.now() + seconds * 1000;
  let answered = '';
  while (!(await isDone())) {
    if (Date.now() > deadline) {
      const asked = answered === '' ? 'It asked nothing.' : `The last question was: ${answered}`;
      throw new Error(`The command had no result after ${seconds} s. ${asked}`);
    }
    const asked = (await title.allInnerTexts()).join(' ').trim();
    if (until !== undefined && asked.includes(until)) return;
    if (asked !== '' && asked !== answered && (await focused.isVisible())) {
      answered = asked;
      await focused.press('Enter', { timeout: 1000 }).catch(() => {});
    }
    await page.waitForTimeout(150);
  }
}

/** Whether a file of the workspace is there. */
export function fileExists({ folder }: Workbench, ...names: readonly string[]): boolean {
  return names.every((name) => existsSync(`${folder}/${name}`));
}
