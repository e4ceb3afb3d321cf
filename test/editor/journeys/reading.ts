import assert from 'node:assert/strict';
import type { Journey } from '../harness/journeys.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import { eventually, hoverOver } from '../harness/workbench.ts';

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
