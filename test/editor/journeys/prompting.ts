import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startChatServer } from '../../support/chatServer/chatServer.ts';
import { searchReply } from '../../support/chatServer/searchReplies.ts';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults } from '../harness/questions.ts';
import { eventually, runCommand, waitForNotification } from '../harness/workbench.ts';

export const prompting: readonly Journey[] = [
  {
    title: 'A prompt is found: proposed, tried side by side, varied, and kept in the project',
    seconds: 120,
    async steps(workbench) {
      const { page, folder } = workbench;
      const server = await startChatServer({ write: searchReply });
      try {
        const generation = { provider: 'openai', baseUrl: server.baseUrl, model: 'house' };
        await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation }));
        await runCommand(workbench, 'chartmark.findPrompt');
        const dialog = page.locator('.monaco-dialog-box');
        await acceptDefaults(workbench, () => dialog.isVisible(), 30);
        const question = await dialog.innerText();
        assert.match(question, /Send about 6 requests to 127\.0\.0\.1/);
        assert.match(question, /4 prompts and 5 texts with each \(round 1 of at most 3\)/);
        assert.equal(server.calls.length, 0);
        await dialog.getByText('Send', { exact: true }).click();

        const choice = (label: string) =>
          page.locator('.quick-input-list .monaco-list-row', { hasText: label });
        await choice('Keep 2').filter({ hasText: '1 of 5 texts accepted' }).waitFor();
        await page.locator('.tab.active', { hasText: 'Find a Better Prompt, round 1.md' }).waitFor();
        await choice('Try variants of 1').click();
        await dialog.getByText('(round 2 of at most 3)').waitFor();
        assert.equal(server.calls.length, 4);
        await dialog.getByText('Send', { exact: true }).click();
        await page.locator('.tab.active', { hasText: 'Find a Better Prompt, round 2.md' }).waitFor();
        await choice('Keep 1').click();
        await waitForNotification(workbench, /The prompt was saved in prompts.ner\.md/);
        await page.locator('.tab.active', { hasText: 'ner.md' }).waitFor();
        assert.match(await readFile(path.join(folder, 'prompts/ner.md'), 'utf8'), /round 2, 1/);
        // One for the templates and three for their texts, then one and two.
        assert.equal(server.calls.length, 4 + 3);
      } finally {
        await server.close();
      }
    },
  },
  {
    title: 'A language model of the editor writes notes after its prompt is counted and the user has agreed',
    seconds: 120,
    async steps(workbench) {
      const { page, folder } = workbench;
      await writeFile(
        path.join(folder, 'chartmark.json'),
        JSON.stringify({ generation: { count: 10, entityFreeShare: 0 } }),
      );
      await runCommand(workbench, 'chartmark.generate');
      const rows = page.locator('.quick-input-list .monaco-list-row');
      await rows.filter({ hasText: 'Language model of the editor' }).click();
      await rows.filter({ hasText: 'every mention of a type is marked' }).click();
      const input = page.locator('.quick-input-widget:visible input:focus');
      await eventually(
        'the question for the number',
        () => input.inputValue().catch(() => ''),
        (value) => value === '10',
      );
      await input.press('Enter');
      await rows.filter({ hasText: 'No topics' }).click();
      await rows.filter({ hasText: 'The writer one' }).click();
      const dialog = page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      const question = await dialog.innerText();
      assert.match(question, /Send about 2 requests to chartmark-tests through the editor\?/);
      assert.match(
        question,
        /The writer one counts \d+ tokens in a prompt\. Each request counts against the quota/,
      );
      await dialog.getByText('Send', { exact: true }).click();
      await waitForNotification(workbench, /10 notes accepted/);
      const [run = ''] = await readdir(path.join(folder, 'synthetic'));
      const [note = ''] = (
        await readFile(path.join(folder, 'synthetic', run, 'accepted.jsonl'), 'utf8')
      ).split('\n');
      assert.match(note, /"provider":"editor","model":"chartmark-tests\/writer"/);
    },
  },
];
