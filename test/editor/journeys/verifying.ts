import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedDocument, writeRun } from '../../support/writeRun.ts';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults } from '../harness/questions.ts';
import { refuseBoth } from '../harness/sendingQuestions.ts';
import { runCommand, waitForNotification, webviewFrame, type Workbench } from '../harness/workbench.ts';

const labels = ['Disease', 'Chemical'];

/** A run with two texts in doubt, and a model that answers about them. */
async function prepare(
  { folder }: Workbench,
  {
    known,
    address,
    project = {},
  }: { readonly known: string; readonly address: string; readonly project?: object },
): Promise<ChatServer> {
  const texts = [`Known <Disease>gout</Disease>.${known}`, 'Again gout.', 'Nothing of note.'];
  const documents = texts.map((text, index) => taggedDocument(String(index), text, labels));
  await writeRun(documents, labels, path.join(folder, 'synthetic', 'written'));
  const answers = [
    { number: 1, text: 'keep' },
    { number: 2, text: 'Again <Disease>gout</Disease>.' },
  ];
  const server = await startChatServer({ write: () => JSON.stringify({ texts: answers }), latency: 1500 });
  const baseUrl = server.baseUrl.replace('127.0.0.1', address);
  const generation = { provider: 'openai', baseUrl, model: 'house' };
  await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation, ...project }));
  return server;
}

export const verifying: readonly Journey[] = [
  {
    title: 'Doubtful labels of a run are checked after a yes, and the review shows what was changed',
    seconds: 90,
    async steps(workbench) {
      const { page, folder } = workbench;
      const server = await prepare(workbench, { known: '', address: '127.0.0.1' });
      try {
        await runCommand(workbench, 'chartmark.verify');
        const dialog = page.locator('.monaco-dialog-box');
        await acceptDefaults(workbench, () => dialog.isVisible(), 30);
        const question = await dialog.innerText();
        assert.match(question, /Send 2 synthetic texts to 127\.0\.0\.1/);
        assert.match(question, /Requested: a check of the labels in 2 texts/);
        assert.match(question, /Texts with doubtful labels: 2 of 3/);
        assert.equal(server.calls.length, 0);
        await dialog.getByText('Send', { exact: true }).click();
        await page.locator('.statusbar-item', { hasText: /house at 127\.0\.0\.1/ }).waitFor();
        const ended = await waitForNotification(workbench, /2 texts checked: 1 kept, 1 relabelled/);
        const review = path.join(folder, 'synthetic', 'written', 'review.jsonl');
        const decision = JSON.parse(await readFile(review, 'utf8')) as object;
        assert.ok('by' in decision && decision.by === 'verify house');
        // By key: the tip of the button that opens the notifications may cover it.
        await ended.getByRole('button', { name: 'Review', exact: true }).press('Enter');
        const frame = await webviewFrame(workbench, '.texts > li');
        await frame.locator('.texts > li').nth(1).getByText('Accepted, edited').waitFor();
      } finally {
        await server.close();
      }
    },
  },
  {
    title: 'An identifier in a synthetic text or in a definition is shown before labels are checked',
    seconds: 120,
    async steps(workbench) {
      const entityTypes = labels.map((name) => ({ name, definition: `A ${name}, as Dr. Hollis says.` }));
      for (const [known, project, places] of [
        [
          ' Call 555-867-5309.',
          {},
          /1 possible identifier was found: synthetic\/written\/accepted\.jsonl, line 1 \(phone\)\./,
        ],
        [
          '',
          { entityTypes },
          /2 possible identifiers were found: chartmark\.json, "Disease" \(name\); .*"Chemical" \(name\)\./,
        ],
      ] as const) {
        await rm(path.join(workbench.folder, 'synthetic'), { recursive: true, force: true });
        const server = await prepare(workbench, { known, project, address: '0.0.0.0' });
        try {
          const { warning } = await refuseBoth(workbench, () => runCommand(workbench, 'chartmark.verify'));
          assert.match(warning, places);
          assert.match(warning, /Nothing was sent/);
          assert.doesNotMatch(warning, /Hollis|5309/);
          assert.equal(server.calls.length, 0);
        } finally {
          await server.close();
        }
      }
    },
  },
];
