import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { relationReply, taggedReply } from '../../support/chatServer/directAnswers.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults } from '../harness/questions.ts';
import { questionOf, refuseBoth } from '../harness/sendingQuestions.ts';
import {
  eventually,
  hoverOver,
  openInEditor,
  runCommand,
  waitForNotification,
  type Workbench,
} from '../harness/workbench.ts';

const words = { asthma: 'Disease', metformin: 'Chemical', ibuprofen: 'Chemical' };

/** A service of this model; the workspace names it by an address that is local or looks remote. */
async function serve(
  { folder }: Workbench,
  address: '127.0.0.1' | '0.0.0.0',
  project: object = {},
): Promise<ChatServer> {
  const server = await startChatServer({ latency: 500, write: (_, body) => taggedReply(body, words) });
  const generation = {
    baseUrl: server.baseUrl.replace('127.0.0.1', address),
    model: 'house',
    prices: { house: { input: 1, output: 4 } },
  };
  await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation, ...project }));
  return server;
}

export const extracting: readonly Journey[] = [
  {
    title: 'Extracting with a language model shows what goes where first, and then its mentions in the note',
    openFile: 'visit.txt',
    seconds: 90,
    async steps(workbench) {
      const { page } = workbench;
      const server = await serve(workbench, '127.0.0.1');
      try {
        await runCommand(workbench, 'chartmark.extract');
        const dialog = page.locator('.monaco-dialog-box');
        await acceptDefaults(workbench, () => dialog.isVisible(), 30);
        const question = await dialog.innerText();
        assert.match(question, /Send the text of visit\.txt to 127\.0\.0\.1:\d+\?/);
        assert.match(question, /Host: .*this computer/);
        assert.match(question, /Model: house/);
        assert.match(question, /Requested: mentions in 3 sentences of 1 text/);
        assert.match(question, /About 1 request, [\d,]+ tokens of input/);
        assert.match(question, /About .* USD/);
        assert.equal(server.calls.length, 0);

        await dialog.getByText('Send', { exact: true }).click();
        await page.locator('.statusbar-item', { hasText: 'house at 127.0.0.1' }).waitFor();
        await waitForNotification(workbench, /1 Disease, 2 Chemical|2 Chemical, 1 Disease/);
        await eventually(
          'the mentions',
          () => highlightedTexts(workbench),
          (texts) => ['asthma', 'metformin', 'ibuprofen'].every((word) => texts.includes(word)),
        );
        assert.equal(server.calls.length, 1);
      } finally {
        await server.close();
      }
    },
  },
  {
    title: 'Extracting from a BIO file leaves it as it is, and sends nothing twice',
    openFile: 'notes.bio',
    seconds: 90,
    async steps(workbench) {
      const { page } = workbench;
      const server = await serve(workbench, '127.0.0.1');
      try {
        const dialog = page.locator('.monaco-dialog-box');
        const result = page.locator('.editor-group-container.active .tab.active', {
          hasText: /notes\.house-at-127\.0\.0\.1-\d+\.bio/,
        });
        await questionOf(workbench, () => runCommand(workbench, 'chartmark.extract'));
        await dialog.getByText('Send', { exact: true }).click();
        await result.waitFor();
        // The result is in a group of its own.
        await page.keyboard.press('Control+1');
        await result.waitFor({ state: 'detached' });
        await runCommand(workbench, 'chartmark.extract');
        // All answers are on the disk, so there is nothing to agree to.
        await acceptDefaults(workbench, () => result.isVisible(), 30);
        assert.equal(server.calls.length, 1);
      } finally {
        await server.close();
      }
    },
  },
  {
    title:
      'A text with identifiers goes to another computer only after their places were shown and both questions answered',
    openFile: 'visit.txt',
    seconds: 120,
    async steps(workbench) {
      const { page } = workbench;
      const server = await serve(workbench, '0.0.0.0');
      try {
        const dialog = page.locator('.monaco-dialog-box');
        const warning = await questionOf(workbench, () => runCommand(workbench, 'chartmark.extract'));
        assert.match(
          warning,
          /1 possible identifier was found: visit\.txt, line 1 \(name\)\. Nothing was sent/,
        );
        assert.doesNotMatch(warning, /Mr Example/);
        await dialog.getByText('Show Places', { exact: true }).click();
        const place = page.locator('.markers-panel .monaco-list-row', {
          hasText: 'This may be an identifier of a person (name).',
        });
        await place.click();
        assert.equal(server.calls.length, 0);

        await questionOf(workbench, () => runCommand(workbench, 'chartmark.extract'));
        await dialog.getByText('Send Anyway', { exact: true }).click();
        await dialog.getByText('Send', { exact: true }).waitFor();
        assert.match(
          await dialog.innerText(),
          /Host: 0\.0\.0\.0:\d+ \(another computer, by http: NOT ENCRYPTED\)/,
        );
        await dialog.getByText('Cancel', { exact: true }).click();
        assert.equal(server.calls.length, 0);

        await questionOf(workbench, () => runCommand(workbench, 'chartmark.extract'));
        await dialog.getByText('Send Anyway', { exact: true }).click();
        await dialog.getByText('Send', { exact: true }).click();
        const key = page.locator('.quick-input-widget:visible input[type=password]');
        await key.fill('made-up-key');
        await key.press('Enter');
        await waitForNotification(workbench, /1 Disease, 2 Chemical|2 Chemical, 1 Disease/);
        assert.equal(server.calls.length, 1);
        assert.equal(server.calls[0]?.headers.authorization, 'Bearer made-up-key');
      } finally {
        await server.close();
      }
    },
  },
  {
    title: 'An identifier in a guideline or an example is shown before a text is sent for extraction',
    openFile: 'notes.bio',
    seconds: 90,
    async steps(workbench) {
      const server = await serve(workbench, '0.0.0.0', {
        entityTypes: [
          { name: 'Disease', definition: 'An illness.', guideline: 'Ask Dr. Hollis.' },
          { name: 'Chemical', definition: 'A substance.', examples: ['aspirin (call 555-867-5309)'] },
        ],
      });
      try {
        const { warning } = await refuseBoth(workbench, () => runCommand(workbench, 'chartmark.extract'));
        assert.match(
          warning,
          /2 possible identifiers were found: chartmark\.json, "Disease" \(name\); chartmark\.json, "Chemical" \(phone\)\. Nothing was sent/,
        );
        assert.doesNotMatch(warning, /Hollis|5309/);
        assert.equal(server.calls.length, 0);
      } finally {
        await server.close();
      }
    },
  },
  {
    title: 'A language model of the editor finds mentions and relations, and a service finds relations too',
    openFile: 'notes.bio',
    seconds: 120,
    async steps(workbench) {
      const { folder } = workbench;
      const server = await startChatServer({
        write: (_, body) => relationReply(body, 'association', (line) => line.includes('causes')),
      });
      try {
        const generation = { baseUrl: server.baseUrl, model: 'house' };
        await writeFile(path.join(folder, 'chartmark.json'), JSON.stringify({ generation }));
        await writeFile(
          path.join(folder, 'family.txt'),
          'HBB causes anaemia.\nPAH was not studied in gout.\n',
        );
        await openInEditor(workbench, 'family.txt');
        assert.match(
          await extractWith(workbench, ['Language model of the editor', 'The reader one']),
          /Send the text of family\.txt to chartmark-tests through the editor\?[\s\S]*2 sentences/,
        );
        await waitForNotification(
          workbench,
          /2 mentions \(2 Disease\) in family\.txt \(chartmark-tests\/reader at /,
        );

        await writeFile(
          path.join(folder, 'family.ann'),
          'T1\tGene 0 3\tHBB\nT2\tDisease 11 18\tanaemia\nT3\tGene 20 23\tPAH\nT4\tDisease 43 47\tgout\n',
        );
        const related = /HBB → association → anaemia/;
        for (const [writer, found] of [
          [
            ['Language model of the editor', 'The reader one'],
            /1 relation in .* \(chartmark-tests\/reader at /,
          ],
          [['OpenAI-compatible endpoint'], /1 relation in family\.txt \(house at 127\.0\.0\.1/],
        ] as const) {
          const question = await extractWith(workbench, ['Between the mentions', ...writer]);
          assert.match(question, /Requested: relations of 2 pairs of mentions in 1 text/);
          await waitForNotification(workbench, found);
          assert.match(await hoverOver(workbench, 'HBB'), related);
        }
        assert.doesNotMatch(await hoverOver(workbench, 'PAH'), /→/);
        assert.equal(server.calls.length, 1);
      } finally {
        await server.close();
      }
    },
  },
];

/** Extracts from the open file with these choices; gives the question that was agreed to. */
async function extractWith(workbench: Workbench, choices: readonly string[]): Promise<string> {
  const { page } = workbench;
  await runCommand(workbench, 'chartmark.extract');
  for (const choice of choices) {
    await page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).click();
  }
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const question = await dialog.innerText();
  await dialog.getByText('Send', { exact: true }).click();
  return question;
}
