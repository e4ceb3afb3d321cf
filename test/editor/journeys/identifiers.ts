import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { builtInPrompts } from '../../../src/generation/prompt/promptDefaults.ts';
import { generate } from '../../../src/generation/run/generateTexts.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { loadProject } from '../../../src/project/parseProject.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedText } from '../../support/chatServer/sentences.ts';
import type { Journey } from '../harness/journeys.ts';
import { questionOf, refuseBoth } from '../harness/sendingQuestions.ts';
import { eventually, runCommand, waitForNotification, type Workbench } from '../harness/workbench.ts';

/** A project with identifiers in a guideline and in a template, at a service by an address that is local or looks remote. */
async function plant(
  { folder }: Workbench,
  { baseUrl }: ChatServer,
  address: '127.0.0.1' | '0.0.0.0',
): Promise<void> {
  const generation = { provider: 'openai', baseUrl: baseUrl.replace('127.0.0.1', address), model: 'house' };
  const guideline = 'Ask Mary Major, MRN 7654321, about it.';
  const entityTypes = [{ name: 'Disease', definition: 'A disorder.', guideline }];
  const project = JSON.stringify({ generation, entityTypes }, undefined, 2);
  await writeFile(path.join(folder, 'chartmark.json'), `// Ours.\n${project}\n`);
  await mkdir(path.join(folder, 'prompts'), { recursive: true });
  const template = `${builtInPrompts.ner.trimEnd()} Like Jane Doe.\n`;
  await writeFile(path.join(folder, 'prompts', 'ner.md'), template);
}

/** The question is about these places, and quotes nothing. */
function assertShows(question: string, places: readonly RegExp[]): void {
  for (const place of places) assert.match(question, place);
  assert.doesNotMatch(question, /Mary|Major|7654321|Jane|Doe/);
}

/** Says no to both questions of a command; both show the places. */
async function assertRefused(
  workbench: Workbench,
  start: () => Promise<void>,
  places: readonly RegExp[],
): Promise<void> {
  const { warning, question } = await refuseBoth(workbench, start);
  assert.match(warning, /possible identifiers were found.*Nothing was sent\./s);
  assertShows(warning, places);
  assert.match(question, /PLEASE CHECK/);
  assert.match(question, /Send about \d+ requests to 0\.0\.0\.0:\d+\?/);
  assert.match(question, /another computer, by http: NOT ENCRYPTED/);
  assertShows(question, places);
}

const ofGuideline = [/chartmark\.json, "Disease" \(name\)/, /chartmark\.json, "Disease" \(medical-record\)/];
const ofTemplate = /prompts.ner\.md, line \d+ \(name\)/;

export const identifiers: readonly Journey[] = [
  {
    title:
      'Generate and Resume Run show identifiers in the prompt before anything is sent, and a no sends nothing',
    seconds: 150,
    async steps(workbench) {
      const { page, folder } = workbench;
      // The planted project has no type Chemical.
      const write = (number: number): string =>
        JSON.stringify({ texts: [{ text: taggedText(number).replaceAll(/<\/?Chemical>/g, '') }] });
      const server = await startChatServer({ write });
      try {
        await plant(workbench, server, '0.0.0.0');
        const places = [...ofGuideline, ofTemplate];
        await assertRefused(workbench, () => runCommand(workbench, 'chartmark.generate'), places);
        assert.equal(server.calls.length, 0);

        const project = await loadProject(folder);
        const baseUrl = String(project.generation.baseUrl);
        const provider = openAiProvider({ apiKey: 'key', model: 'house', baseUrl });
        const out = path.join(folder, 'synthetic', 'begun');
        await generate({ task: 'ner', project, count: 2, seed: 1, provider, out });
        const before = server.calls.length;
        assert.ok(before > 0);
        const resume = async (): Promise<void> => {
          await runCommand(workbench, 'chartmark.resumeRun');
          const count = page.locator('.quick-input-widget:visible input:focus');
          await count.fill('200');
          await count.press('Enter');
        };
        await assertRefused(workbench, resume, places);
        assert.equal(server.calls.length, before);
      } finally {
        await server.close();
      }
    },
  },
  {
    title:
      'Find a Better Prompt shows identifiers in the prompt before anything is sent, and a no sends nothing',
    seconds: 120,
    async steps(workbench) {
      const server = await startChatServer();
      try {
        await plant(workbench, server, '0.0.0.0');
        const start = (): Promise<void> => runCommand(workbench, 'chartmark.findPrompt');
        await assertRefused(workbench, start, [...ofGuideline, ofTemplate]);
        assert.equal(server.calls.length, 0);
      } finally {
        await server.close();
      }
    },
  },
  {
    title:
      'Collect Topics shows identifiers in a guideline before anything is sent, and collects after a yes',
    seconds: 120,
    async steps(workbench) {
      const { page, folder } = workbench;
      const server = await startChatServer({ write: () => '{"names": ["gout", "Fabry disease"]}' });
      try {
        const start = async (): Promise<void> => {
          await runCommand(workbench, 'chartmark.collectTopics');
          const rows = page.locator('.quick-input-list .monaco-list-row');
          await rows.filter({ hasText: 'OpenAI-compatible endpoint' }).click();
        };
        await plant(workbench, server, '0.0.0.0');
        await assertRefused(workbench, start, ofGuideline);
        assert.equal(server.calls.length, 0);

        await plant(workbench, server, '127.0.0.1');
        assertShows(await questionOf(workbench, start), ofGuideline);
        assert.equal(server.calls.length, 0);
        await page.locator('.monaco-dialog-box').getByText('Send', { exact: true }).click();
        const collected = await waitForNotification(workbench, /Topics collected: Disease 2\./);
        await collected.getByRole('button', { name: 'Add to chartmark.json' }).press('Enter');
        const project = await eventually(
          'the topics in chartmark.json',
          () => readFile(path.join(folder, 'chartmark.json'), 'utf8'),
          (text) => text.includes('Fabry disease'),
        );
        assert.match(project, /^\/\/ Ours\.\n/);
      } finally {
        await server.close();
      }
    },
  },
];
