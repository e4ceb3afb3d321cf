import assert from 'node:assert/strict';
import type { Journey } from '../harness/journeys.ts';
import { contributedCommands } from '../harness/manifest.ts';
import { findCommand, runCommand } from '../harness/workbench.ts';

/** Commands that the palette hides until there is something for them to act on. */
const conditional = new Set(['chartmark.savePredictions', 'chartmark.clearPredictions']);

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
    title: 'The project file opens, and is made first where there is none',
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.openProject');
      await workbench.page.locator('.tab.active', { hasText: 'chartmark.json' }).waitFor();
    },
  },
];
