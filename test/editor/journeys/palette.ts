import assert from 'node:assert/strict';
import type { Journey } from '../harness/journeys.ts';
import { contributedCommands, paletteTitle } from '../harness/manifest.ts';
import { openPalette, runCommand } from '../harness/workbench.ts';

/** Commands that the palette hides until there is something for them to act on. */
const conditional = new Set(['chartmark.savePredictions', 'chartmark.clearPredictions']);

export const palette: readonly Journey[] = [
  {
    title: 'The palette offers every command under the category Chartmark',
    openFile: 'notes.bio',
    async steps(workbench) {
      const rows = await openPalette(workbench, 'Chartmark: ');
      const titles = (await rows.allInnerTexts()).map((text) => text.split('\n')[0]);
      for (const { command } of contributedCommands) {
        if (conditional.has(command)) continue;
        assert.ok(titles.includes(paletteTitle(command)), `${paletteTitle(command)} in ${titles.join('; ')}`);
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
