import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startChatServer, textsPerReply } from '../../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import type { Journey } from '../harness/journeys.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import { acceptDefaults, fileExists } from '../harness/questions.ts';
import { eventually, runCommand, waitForNotification, webviewFrame } from '../harness/workbench.ts';

export const generating: readonly Journey[] = [
  {
    title: 'Generating offline, with every default taken, leaves labelled notes',
    seconds: 90,
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.generate');
      const runs = (): Promise<string[]> => readdir(path.join(workbench.folder, 'synthetic')).catch(() => []);
      await acceptDefaults(
        workbench,
        async () => (await runs()).some((run) => fileExists(workbench, `synthetic/${run}/accepted.jsonl`)),
        60,
      );
      const done = await waitForNotification(workbench, /30 notes accepted/);
      const [run] = await runs();
      const file = path.join(workbench.folder, 'synthetic', String(run), 'accepted.jsonl');
      const notes = (await readFile(file, 'utf8')).trim().split('\n');
      assert.equal(notes.length, 30);
      assert.ok(notes.some((line) => /"label":"(Disease|Chemical|Procedure)"/.test(line)));

      const report = path.join(workbench.folder, 'synthetic', String(run), 'report.json');
      assert.match(await readFile(report, 'utf8'), /"texts": 30/);
      await done.getByText('Review', { exact: true }).click();
      const review = await webviewFrame(workbench, '.texts > li');
      assert.match(await review.locator('body').innerText(), /30 texts accepted/);
    },
  },
  {
    title: 'Generating at a service tells requests, tokens, price and limit first, and shows where it goes',
    seconds: 90,
    async steps(workbench) {
      const { page, folder } = workbench;
      const server = await startChatServer({ latency: 400 });
      try {
        const { host } = new URL(server.baseUrl);
        const generation = {
          provider: 'openai',
          baseUrl: server.baseUrl,
          model: 'house',
          count: 30,
          textsPerRequest: textsPerReply,
          prices: { house: { input: 1, output: 4 } },
          maxCostUsd: 2,
        };
        await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation }));
        await runCommand(workbench, 'chartmark.generate');
        const dialog = page.locator('.monaco-dialog-box');
        const noTopics = page.locator('.quick-input-list .monaco-list-row', { hasText: 'No topics' });
        await acceptDefaults(workbench, () => false, 30, ': topics');
        await noTopics.click();
        await dialog.waitFor();
        const question = await dialog.innerText();
        assert.match(question, /Send about 13 requests to 127\.0\.0\.1/);
        assert.match(question, /tokens of input and .* of output/);
        assert.match(question, /1 and 4 USD per million tokens/);
        assert.match(question, /Limit: 2\.00 USD/);
        await dialog.getByText('Change Limit', { exact: true }).click();
        const limit = page.locator('.quick-input-widget:visible input:focus');
        await limit.fill('1.5');
        await limit.press('Enter');
        await dialog.getByText('Limit: 1.50 USD, for this run.').waitFor();
        assert.equal(server.calls.length, 0);

        await dialog.getByText('Send', { exact: true }).click();
        const status = page.locator('.statusbar-item', { hasText: `house at ${host}` });
        await status.waitFor();
        const done = await waitForNotification(workbench, /30 notes accepted.* USD spent/);
        await status.waitFor({ state: 'detached' });
        const [run] = await readdir(path.join(folder, 'synthetic'));
        assert.deepEqual(brokenPromises(await readRun(path.join(folder, 'synthetic', String(run))), 30), []);

        await done.getByText('Show Notes').click();
        await eventually(
          'the highlighted notes',
          () => highlightedTexts(workbench),
          (texts) => texts.length > 0,
        );
      } finally {
        await server.close();
      }
    },
  },
];
