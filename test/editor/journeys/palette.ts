import assert from 'node:assert/strict';
import type { Journey } from '../harness/journeys.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import { contributedCommands } from '../harness/manifest.ts';
import {
  eventually,
  findCommand,
  runCommand,
  waitForNotification,
  type Workbench,
} from '../harness/workbench.ts';

/** Commands that the palette hides: until there is something for them to act on, or because only a row has it. */
const conditional = new Set([
  'chartmark.savePredictions',
  'chartmark.clearPredictions',
  'chartmark.reveal',
  'chartmark.delete',
]);

const loop = [
  'Generate Synthetic Notes',
  'Review Synthetic Notes',
  'Train Local Model',
  'Annotate Open File',
  'Evaluate',
];

export const palette: readonly Journey[] = [
  {
    title: 'The palette offers every command under the category Chartmark',
    openFile: 'notes.bio',
    async steps(workbench) {
      for (const { command, category } of contributedCommands) {
        assert.equal(category, 'Chartmark');
        if (!conditional.has(command)) await findCommand(workbench, command);
      }
    },
  },
  {
    title: 'The palette lists the steps of the loop in their order, and finds each by its name alone',
    openFile: 'notes.bio',
    async steps({ page }) {
      const rows = page.locator('.quick-input-list .monaco-list-row');
      const listed = async (query: string): Promise<string[]> => {
        await page.keyboard.press('Escape');
        await page.locator('.command-center .command-center-quick-pick').click();
        await page.locator('.quick-input-widget input[type=text]').fill(`>${query}`);
        return eventually(
          `what the palette has for "${query}"`,
          async () => (await rows.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? ''),
          (texts) => texts.some((text) => text.startsWith('Chartmark: ')),
        );
      };
      assert.deepEqual(
        (await listed('Chartmark: ')).slice(0, 5),
        loop.map((step, i) => `Chartmark: ${i + 1}. ${step}`),
      );
      // Messages name commands without their numbers.
      for (const [i, step] of loop.entries()) {
        assert.ok((await listed(`Chartmark: ${step}`)).includes(`Chartmark: ${i + 1}. ${step}`), step);
      }
    },
  },
  {
    title: 'The project file opens, and is made first where there is none',
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.openProject');
      await workbench.page.locator('.tab.active', { hasText: 'chartmark.json' }).waitFor();
    },
  },
  {
    title: 'The walkthrough leads through four steps, and opens at the first that is not done',
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.openWalkthrough');
      const steps = workbench.page.locator('.getting-started-step');
      await eventually(
        'the number of steps',
        () => steps.count(),
        (count) => count === 4,
      );
      // The workspace has annotated files, and no model yet.
      await workbench.page
        .locator('.getting-started-step.expanded', { hasText: 'Train a local model' })
        .waitFor();
    },
  },
  {
    title: 'An empty folder gets a welcome that starts the loop',
    empty: true,
    async steps({ page }) {
      await page.locator('.activitybar').getByLabel('Chartmark').first().click();
      const welcome = page.locator('.welcome-view-content');
      await welcome.getByRole('button', { name: 'Generate Synthetic Notes' }).waitFor();
      await welcome.getByRole('button', { name: 'Train Local Model' }).waitFor();
      const first = welcome.filter({ hasText: 'Generate synthetic notes' });
      assert.equal(await first.locator('.monaco-button').count(), 1, 'one button stands out');
    },
  },
  {
    title: 'An API key is set and cleared again',
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.setApiKey');
      await workbench.page.locator('.quick-input-widget input[type=password]').fill('test-key');
      await workbench.page.keyboard.press('Enter');
      await waitForNotification(workbench, /API key for .* was stored/);
      await runCommand(workbench, 'chartmark.clearApiKey');
      await waitForNotification(workbench, /API key for .* was deleted/);
    },
  },
  {
    title: 'The log opens, and the views refresh',
    openFile: 'notes.bio',
    async steps(workbench) {
      await eventually(
        'the highlights of an extension that is awake',
        () => highlightedTexts(workbench),
        (texts) => texts.length > 0,
      );
      await eventually('the log in the panel', () => showLog(workbench), Boolean);
      await runCommand(workbench, 'chartmark.refreshViews');
    },
  },
  {
    title: 'Choosing among no models says how to get one',
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.selectModel');
      await waitForNotification(workbench, /There is no local model yet.*Train Local Model/);
    },
  },
];

/**
 * Whether the command opened the log. The editor gets to know its extensions' logs only once its own start is
 * over, at an idle moment; before that it silently shows none, and a person would ask again.
 */
async function showLog(workbench: Workbench): Promise<boolean> {
  await runCommand(workbench, 'chartmark.showLog');
  return workbench.page
    .locator('.part.panel .output-view')
    .waitFor({ timeout: 3000 })
    .then(
      () => true,
      () => false,
    );
}
