import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedDocument, writeRun } from '../../support/writeRun.ts';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults } from '../harness/questions.ts';
import { runCommand, waitForNotification, webviewFrame } from '../harness/workbench.ts';

const labels = ['Disease', 'Chemical'];

export const verifying: readonly Journey[] = [
  {
    title: 'Doubtful labels of a run are checked after a yes, and the review shows what was changed',
    seconds: 90,
    async steps(workbench) {
      const { page, folder } = workbench;
      const run = path.join(folder, 'synthetic', 'written');
      await writeRun(
        [
          taggedDocument('a', 'Known <Disease>gout</Disease>.', labels),
          taggedDocument('b', 'Again gout.', labels),
          taggedDocument('c', 'Nothing of note.', labels),
        ],
        labels,
        run,
      );
      const texts = [
        { number: 1, text: 'keep' },
        { number: 2, text: 'Again <Disease>gout</Disease>.' },
      ];
      const server = await startChatServer({ write: () => JSON.stringify({ texts }), latency: 1500 });
      try {
        const generation = { provider: 'openai', baseUrl: server.baseUrl, model: 'house' };
        await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation }));
        await runCommand(workbench, 'chartmark.verify');
        const dialog = page.locator('.monaco-dialog-box');
        await acceptDefaults(workbench, () => dialog.isVisible(), 30);
        const question = await dialog.innerText();
        assert.match(question, /Send 2 synthetic texts to 127\.0\.0\.1/);
        assert.match(question, /2 of 3 are in doubt; 2 are asked about, in 1 requests/);
        assert.equal(server.calls.length, 0);
        await dialog.getByText('Send', { exact: true }).click();
        await page.locator('.statusbar-item', { hasText: /house at 127\.0\.0\.1/ }).waitFor();
        const ended = await waitForNotification(workbench, /2 texts asked about: 1 kept, 1 relabelled/);
        const decision = JSON.parse(await readFile(path.join(run, 'review.jsonl'), 'utf8')) as object;
        assert.ok('by' in decision && decision.by === 'verify house');
        // By key: the tip of the button that opens the notifications may lie over it.
        await ended.getByRole('button', { name: 'Review', exact: true }).press('Enter');
        const frame = await webviewFrame(workbench, '.texts > li');
        await frame.locator('.texts > li').nth(1).getByText('Accepted, edited').waitFor();
      } finally {
        await server.close();
      }
    },
  },
];
