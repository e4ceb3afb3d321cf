import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedReply } from '../../support/chatServer/directAnswers.ts';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults } from '../harness/questions.ts';
import { eventually, openInEditor, runCommand, type Workbench } from '../harness/workbench.ts';

const words = { asthma: 'Disease', metformin: 'Chemical', ibuprofen: 'Chemical' };

/** One paragraph of many lines on the screen: as long words of other lengths as wrapping meets at its edge. */
const paragraph = Array.from(
  { length: 24 },
  (_, i) =>
    `${'Then '.repeat(i % 5)}asthma was treated with metformin, with ibuprofen and again with metformin.`,
).join(' ');

export const wrapping: readonly Journey[] = [
  {
    title: 'With word wrap on, mentions with their types behind them stay within the editor',
    seconds: 90,
    async steps(workbench) {
      const { page, folder } = workbench;
      const server = await startChatServer({ write: (_, body) => taggedReply(body, words) });
      try {
        const generation = { baseUrl: server.baseUrl, model: 'house' };
        await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation }));
        await writeFile(path.join(folder, 'long.txt'), `${paragraph}\n`);
        await openInEditor(workbench, 'long.txt');
        const editor = page.locator('.editor-group-container.active .monaco-editor');
        await editor.locator('.view-line').first().click();
        await page.keyboard.press('Alt+z');
        await runCommand(workbench, 'chartmark.extract');
        const dialog = page.locator('.monaco-dialog-box');
        await acceptDefaults(workbench, () => dialog.isVisible(), 30);
        await dialog.getByText('Send', { exact: true }).click();

        const types = await eventually(
          'the type behind each mention',
          async () => (await linesText(workbench)).match(/Disease|Chemical/g)?.length ?? 0,
          (count) => count >= 96,
        );
        assert.equal(types, 96, 'no label is cut off, however many a line has');
        const [lines, edge] = await rightEdges(workbench);
        assert.ok(lines.length > 24, 'the paragraph is wrapped');
        assert.ok(
          Math.max(...lines) <= edge,
          `the text ends at ${Math.max(...lines)}, the editor at ${edge}`,
        );
      } finally {
        await server.close();
      }
    },
  },
];

async function linesText({ page }: Workbench): Promise<string> {
  return (await page.locator('.editor-group-container.active .view-line').allInnerTexts()).join('\n');
}

/** Where each line on the screen ends, and where the room for text ends, in CSS pixels. */
async function rightEdges({ page }: Workbench): Promise<[lines: number[], edge: number]> {
  const editor = page.locator('.editor-group-container.active .monaco-editor');
  const edgesOf = (selector: string, side: 'left' | 'right'): Promise<number[]> =>
    editor
      .locator(selector)
      .evaluateAll((elements, of) => elements.map((element) => element.getBoundingClientRect()[of]), side);
  const [lines, [minimap = Infinity], [scrollable = Infinity]] = await Promise.all([
    edgesOf('.view-line > span', 'right'),
    edgesOf('.minimap', 'left'),
    edgesOf('.editor-scrollable', 'right'),
  ]);
  return [lines, Math.min(minimap, scrollable)];
}
