import { existsSync } from 'node:fs';
import type { Workbench } from './workbench.ts';

/**
 * Takes the default of every question a command asks, by Enter, until `isDone` says that its result is
 * there. Throws what the workbench shows when that never comes.
 */
export async function acceptDefaults(
  workbench: Workbench,
  isDone: () => boolean | Promise<boolean>,
  seconds: number,
): Promise<void> {
  const { page } = workbench;
  const question = page.locator('.quick-input-widget:visible');
  const deadline = Date.now() + seconds * 1000;
  let answered = '';
  while (!(await isDone())) {
    if (Date.now() > deadline) {
      const asked = answered === '' ? 'It asked nothing.' : `The last question was: ${answered}`;
      throw new Error(`The command had no result after ${seconds} s. ${asked}`);
    }
    if (await question.isVisible()) {
      const now = await question.innerText().catch(() => '');
      if (now !== '' && now !== answered) {
        answered = now;
        await page.keyboard.press('Enter');
      }
    }
    await page.waitForTimeout(150);
  }
}

/** Whether a file of the workspace is there. */
export function fileExists({ folder }: Workbench, ...names: readonly string[]): boolean {
  return names.every((name) => existsSync(`${folder}/${name}`));
}
