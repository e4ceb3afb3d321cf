import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ChatServer, startChatServer, textsPerReply } from '../../support/chatServer/chatServer.ts';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults, fileExists } from '../harness/questions.ts';
import { runCommand, waitForNotification, type Workbench } from '../harness/workbench.ts';

/** A project of six texts at a service, by an address that is local or looks remote. */
function writeProject(
  { folder }: Workbench,
  { baseUrl }: ChatServer,
  { address, ...more }: { readonly address: string; readonly styles?: readonly object[] },
): Promise<void> {
  const generation = {
    provider: 'openai',
    baseUrl: baseUrl.replace('127.0.0.1', address),
    model: 'house',
    count: 6,
    textsPerRequest: textsPerReply,
    prices: { house: { input: 1, output: 4 } },
  };
  return writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation, ...more }));
}

/** Plans a new run in batches with all defaults, without topics. Ends at a modal question. */
async function planRun(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await runCommand(workbench, 'chartmark.manageBatches');
  await acceptDefaults(workbench, () => false, 30, ': topics');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'No topics' }).click();
  await page.locator('.monaco-dialog-box').waitFor();
}

export const batches: readonly Journey[] = [
  {
    title: 'A run in batches is written, submitted after a yes, and taken in when the service is done',
    seconds: 120,
    async steps(workbench) {
      const { page, folder } = workbench;
      const server = await startChatServer();
      try {
        await writeProject(workbench, server, { address: '127.0.0.1' });
        await planRun(workbench);
        const dialog = page.locator('.monaco-dialog-box');
        const question = await dialog.innerText();
        assert.match(question, /Send 2 requests to 127\.0\.0\.1:\d+\?/);
        assert.match(question, /Requested: 6 texts in 1 batch/);
        assert.match(question, /At most 0\.\d+ USD in total\./);
        assert.equal(server.batches.batches.length, 0);
        await dialog.getByText('Send', { exact: true }).click();
        await waitForNotification(workbench, /1 batch submitted to 127\.0\.0\.1:\d+\./);

        const [run = ''] = await readdir(path.join(folder, 'synthetic'));
        await runCommand(workbench, 'chartmark.manageBatches');
        await acceptDefaults(workbench, () => fileExists(workbench, `synthetic/${run}/report.json`), 30);
        await waitForNotification(workbench, /6 notes accepted/);
        assert.equal(server.calls.length, 0);
      } finally {
        await server.close();
      }
    },
  },
  {
    title:
      'Identifiers are shown before batch files are written and before they are submitted, and a no sends nothing',
    seconds: 120,
    async steps(workbench) {
      const { page, folder } = workbench;
      const server = await startChatServer();
      const dialog = page.locator('.monaco-dialog-box');
      const press = async (button: string): Promise<void> => {
        await dialog.getByText(button, { exact: true }).click();
      };
      const shows = async (...places: readonly RegExp[]): Promise<void> => {
        const question = await dialog.innerText();
        for (const place of places) assert.match(question, place);
        assert.doesNotMatch(question, /Mary|Major|7654321/);
      };
      try {
        const styles = [{ name: 'letter', description: 'a letter of Mary Major, MRN 7654321' }];
        await writeProject(workbench, server, { address: '0.0.0.0', styles });
        await planRun(workbench);
        await shows(
          /Nothing was sent\./,
          /chartmark\.json, "letter" \(name\)/,
          /"letter" \(medical-record\)/,
        );
        assert.ok(!fileExists(workbench, 'synthetic'));
        await press('Send Anyway');

        // The files are written. What they hold is shown once more before it would leave this computer.
        const [inFile, andNumber] = [/requests\.jsonl, line 1 \(name\)/, /line 1 \(medical-record\)/];
        await dialog.getByText('requests.jsonl').waitFor();
        await shows(/Nothing was sent\./, inFile, andNumber);
        await press('Send Anyway');
        await dialog.getByText('PLEASE CHECK').waitFor();
        await shows(/Send 2 requests to 0\.0\.0\.0:\d+\?/, /http: NOT ENCRYPTED/, inFile, andNumber);
        await press('Cancel');
        await waitForNotification(workbench, /2 requests written to .*, but not sent yet\./);
        const [run = ''] = await readdir(path.join(folder, 'synthetic'));
        assert.ok(fileExists(workbench, `synthetic/${run}/requests.jsonl`));
        const asked = ['upload', 'create', 'list', 'retrieve'] as const;
        for (const call of asked) assert.equal(server.batches.calls(call), 0);
        assert.equal(server.calls.length, 0);
      } finally {
        await server.close();
      }
    },
  },
];
