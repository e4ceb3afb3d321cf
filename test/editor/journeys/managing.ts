import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { Journey } from '../harness/journeys.ts';
import { fileExists } from '../harness/questions.ts';
import { eventually, runCommand, type Workbench } from '../harness/workbench.ts';
import { sampleReport } from '../../page/sampleReport.ts';

async function writeReports({ folder }: Workbench, ...names: readonly string[]): Promise<void> {
  await mkdir(path.join(folder, 'reports'), { recursive: true });
  for (const name of names) {
    await writeFile(path.join(folder, 'reports', `${name}.json`), JSON.stringify(sampleReport(name)));
  }
}

/** The menu of a row in the side panel. */
async function menuOf({ page }: Workbench, name: string): Promise<Locator> {
  await page.locator('.activitybar').getByLabel('Chartmark').first().click();
  const row = page.locator('.pane-body .monaco-list-row', { hasText: name }).first();
  await row.click({ button: 'right' });
  return page.locator('.monaco-menu');
}

export const managing: readonly Journey[] = [
  {
    title: 'A report is deleted from the menu of its row, after a question',
    async steps(workbench) {
      const { page } = workbench;
      await writeReports(workbench, 'keep', 'drop');
      const menu = await menuOf(workbench, 'drop');
      await menu.getByText('Delete', { exact: true }).click();
      const dialog = page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      assert.match(await dialog.innerText(), /Delete the report drop\.json\?/);
      assert.ok(fileExists(workbench, 'reports/drop.json'));
      await dialog.getByText('Delete', { exact: true }).click();
      const again = dialog.getByText('Delete for Good', { exact: true });
      await eventually(
        'the end of the report',
        async () => {
          if (await again.isVisible()) await again.click();
          return fileExists(workbench, 'reports/drop.json');
        },
        (isThere) => !isThere,
      );
      assert.ok(fileExists(workbench, 'reports/keep.json'));
    },
  },
  {
    title: 'Two reports are compared side by side',
    async steps(workbench) {
      const { page } = workbench;
      await writeReports(workbench, 'one', 'two');
      await runCommand(workbench, 'chartmark.compareReports');
      for (const name of ['one', 'two']) {
        await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
      }
      await page.locator('.tab', { hasText: 'Compared reports' }).first().waitFor();
    },
  },
  {
    title: 'A note in the Explorer has the commands for notes in its menu',
    async steps({ page }) {
      await page
        .locator('.explorer-folders-view .monaco-list-row', { hasText: 'visit.txt' })
        .click({ button: 'right' });
      const menu = page.locator('.monaco-menu');
      for (const command of ['4. Annotate Open File', 'Extract with LLM', 'Find Identifiers in Open File']) {
        await menu.getByText(command, { exact: true }).waitFor();
      }
    },
  },
];
