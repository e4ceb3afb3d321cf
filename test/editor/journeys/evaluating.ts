import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults } from '../harness/questions.ts';
import {
  openInEditor,
  runCommand,
  waitForNotification,
  webviewFrame,
  type Workbench,
} from '../harness/workbench.ts';

export const evaluating: readonly Journey[] = [
  {
    title: 'A palette that is opened during a question keeps the question, and Escape ends it',
    openFile: 'gold.bio',
    seconds: 90,
    async steps(workbench) {
      const { page } = workbench;
      const title = page.locator('.quick-input-widget:visible .quick-input-title', {
        hasText: 'Evaluate (1/2)',
      });
      await runCommand(workbench, 'chartmark.evaluate');
      await title.waitFor();
      await page.keyboard.press('F1');
      await title.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      const waiting = await waitForNotification(workbench, /"Evaluate \(1\/2\)" is waiting for an answer/);
      await waiting.getByText('Continue', { exact: true }).click();
      await acceptDefaults(workbench, () => hasReport(workbench), 60);

      await openInEditor(workbench, 'gold.bio');
      await runCommand(workbench, 'chartmark.evaluate');
      await title.waitFor();
      await page.keyboard.press('Escape');
      await title.waitFor({ state: 'detached' });
      await page.waitForTimeout(1000);
      const again = page.locator('.notification-list-item', { hasText: 'is waiting for an answer' });
      assert.equal(await again.count(), 0);
    },
  },
  {
    title: 'Evaluating predictions against gold opens a report with the right numbers, also after a reload',
    openFile: 'gold.bio',
    seconds: 150,
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.evaluate');
      await acceptDefaults(workbench, () => hasReport(workbench), 60);
      // 3 of 4 predictions are right, and 3 of the 5 gold mentions are found.
      await assertReport(await webviewFrame(workbench, '.summary'));

      const tab = workbench.page.getByRole('tab', { name: /gold-predicted/ });
      await tab.waitFor();
      await reopenWindow(workbench);
      await assertReport(await webviewFrame(workbench, '.summary', 90));
      await tab.waitFor();

      await openInEditor(workbench, 'gold.bio');
      await runCommand(workbench, 'chartmark.showReport');
      await acceptDefaults(workbench, () => hasReport(workbench), 60);
    },
  },
];

/** Loads the window again, as it was left: a file to open in its address would be opened in place of that. */
async function reopenWindow({ page }: Workbench): Promise<void> {
  // VS Code saves which editors are open a little after a change, and does not say when.
  await page.waitForTimeout(5000);
  const address = new URL(page.url());
  const payload = JSON.parse(address.searchParams.get('payload') ?? '[]') as [string, string][];
  address.searchParams.set('payload', JSON.stringify(payload.filter(([name]) => name !== 'openFile')));
  await page.goto(address.href, { waitUntil: 'domcontentloaded' });
}

async function hasReport({ page }: Workbench): Promise<boolean> {
  const found = await Promise.all(page.frames().map((frame) => frame.$('.summary').catch(() => null)));
  return found.some((summary) => summary !== null);
}

async function assertReport(report: Frame): Promise<void> {
  const summary = await report.locator('.summary').innerText();
  assert.match(summary, /Micro F1\s+66\.7%/i);
  assert.match(summary, /Precision\s+75\.0%/i);
  assert.match(summary, /Recall\s+60\.0%/i);
  const disease = await report.locator('vscode-data-grid-row', { hasText: 'Disease' }).first().innerText();
  assert.match(disease, /66\.7%\s+50\.0%\s+57\.1%/);
}
