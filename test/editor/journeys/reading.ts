import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Journey } from '../harness/journeys.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import { eventually, hoverOver, openInEditor } from '../harness/workbench.ts';

export const reading: readonly Journey[] = [
  {
    title: 'Opening a BIO file shows its mentions highlighted',
    openFile: 'notes.bio',
    async steps(workbench) {
      await eventually(
        'the highlighted words',
        () => highlightedTexts(workbench),
        (texts) => texts.join(', ') === 'chronic, bronchitis, salbutamol, Chest, radiography, pneumonia',
      );
    },
  },
  {
    title: 'Hovering over a mention tells its text, type, tokens, characters and source',
    openFile: 'notes.bio',
    async steps(workbench) {
      const hover = await hoverOver(workbench, 'bronchitis');
      assert.match(hover, /Disease/);
      assert.match(hover, /chronic bronchitis/);
      assert.match(hover, /Tokens: 4-5/);
      assert.match(hover, /Characters: 16-34/);
      assert.match(hover, /Source: this file/);
    },
  },
  {
    title: 'The outline lists sentences and their mentions by type',
    openFile: 'notes.bio',
    async steps(workbench) {
      const { page } = workbench;
      await page.locator('.pane-header', { hasText: 'Outline' }).click();
      const rows = page.locator('.outline-tree .monaco-list-row');
      const outline = await eventually(
        'the outline',
        async () => (await rows.allInnerTexts()).join('\n'),
        (text) => text.includes('pneumonia'),
      );
      assert.match(outline, /chronic bronchitis[\s\S]*Disease/);
      assert.match(outline, /Chest radiography[\s\S]*Procedure/);
    },
  },
  {
    title: 'A BIO file that is known by its content has the tab stops of one when it is first opened',
    openFile: 'notes.tsv',
    async steps({ page }) {
      await page.locator('.statusbar-item', { hasText: 'BIO' }).waitFor();
      await page.locator('.statusbar-item', { hasText: 'Tab Size: 16' }).waitFor();
    },
  },
  {
    title: 'A mistake in chartmark.json is listed once, also while the file is open',
    openFile: 'notes.bio',
    async steps(workbench) {
      const { page, folder } = workbench;
      await writeFile(path.join(folder, 'chartmark.json'), '{\n  "generation": { "count": "many" }\n}\n');
      await page.locator('[id="status.problems"]').click();
      const rows = page.locator('.markers-panel .monaco-list-row', { hasText: /\[Ln 2/ });
      const [ours, editors] = [
        rows.filter({ hasText: 'Chartmark' }),
        rows.filter({ hasNotText: 'Chartmark' }),
      ];
      await ours.waitFor();
      await openInEditor(workbench, 'chartmark.json');
      await editors.first().waitFor();
      await ours.waitFor({ state: 'detached' });
      assert.equal(await rows.count(), 1);
    },
  },
  {
    title: 'A broken line is a problem that names what to do',
    openFile: 'broken.bio',
    async steps({ page }) {
      await page.locator('.monaco-editor .squiggly-error').first().waitFor();
      await page.locator('[id="status.problems"]').click();
      const problem = page.locator('.markers-panel .monaco-list-row', { hasText: /\[Ln 3/ });
      await problem.first().waitFor();
    },
  },
];
