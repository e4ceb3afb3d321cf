import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { fileExists, acceptDefaults } from '../harness/questions.ts';
import type { Journey } from '../harness/journeys.ts';
import { paletteTitle } from '../harness/manifest.ts';
import { eventually, runCommand, waitForNotification, type Workbench } from '../harness/workbench.ts';

/** A service that the person's own settings name: also what a workspace says is not believed, that is. */
async function serve({ userSettings, folder }: Workbench): Promise<ChatServer> {
  const server = await startChatServer();
  const settings = JSON.parse(await readFile(userSettings, 'utf8')) as object;
  const own = { 'chartmark.openai.baseUrl': server.baseUrl, 'chartmark.openai.model': 'house' };
  await writeFile(userSettings, JSON.stringify({ ...settings, ...own }));
  const generation = { provider: 'openai', baseUrl: server.baseUrl, model: 'house', count: 3 };
  await writeFile(`${folder}/chartmark.json`, JSON.stringify({ generation, topics: { Disease: ['gout'] } }));
  return server;
}

/** Runs a command with these choices, and the default of every other question, until no other one comes for a second. */
async function runWith(workbench: Workbench, command: string, choices: readonly string[]): Promise<void> {
  const { page } = workbench;
  await runCommand(workbench, command);
  for (const choice of choices) {
    await page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).click();
  }
  const widget = page.locator('.quick-input-widget:visible');
  let calm = 0;
  const isOver = async (): Promise<boolean> => {
    calm = (await widget.count()) > 0 ? 0 : calm + 1;
    return calm > 6;
  };
  await acceptDefaults(workbench, isOver, 30);
}

async function clearNotifications({ page }: Workbench): Promise<void> {
  await page.locator('.notifications-center.visible .codicon-notifications-clear-all').click();
  await page.locator('.notifications-center.visible .notification-list-item').waitFor({ state: 'detached' });
}

async function isOffered({ page }: Workbench, command: string): Promise<boolean> {
  const title = paletteTitle(command);
  await page.keyboard.press('Escape');
  await page.locator('.command-center .command-center-quick-pick').click();
  await page.locator('.quick-input-widget input[type=text]').fill(`>${title}`);
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const found = await eventually(
    'the palette',
    () => rows.allInnerTexts(),
    (texts) => texts.length > 0,
  );
  await page.keyboard.press('Escape');
  return found.some((text) => text.includes(title));
}

export const untrusted: readonly Journey[] = [
  {
    title: 'A workspace that is not trusted sends nothing, says why, and still generates offline',
    untrusted: true,
    openFile: 'visit.txt',
    seconds: 120,
    async steps(workbench) {
      const { page } = workbench;
      const server = await serve(workbench);
      try {
        await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
        const refused = /This workspace is not trusted, so none of it is sent\./;
        const service = 'OpenAI-compatible endpoint';
        const model = 'Language model of the editor';
        for (const [command, choices] of [
          ['chartmark.generate', [service]],
          ['chartmark.generate', [model]],
          ['chartmark.findPrompt', ['texts with tagged mentions', service]],
          ['chartmark.findPrompt', ['texts with tagged mentions', model]],
          ['chartmark.collectTopics', [service]],
        ] as const) {
          await runWith(workbench, command, choices);
          const told = await waitForNotification(workbench, refused);
          await told.getByText('Manage Trust', { exact: true }).waitFor();
          await clearNotifications(workbench);
        }
        await runCommand(workbench, 'chartmark.manageBatches');
        await waitForNotification(workbench, refused);
        assert.ok(!(await isOffered(workbench, 'chartmark.extract')), 'extracting is not offered');
        assert.ok(await isOffered(workbench, 'chartmark.annotate'), 'annotating is offered');
        assert.ok(!fileExists(workbench, 'synthetic'));

        await runWith(workbench, 'chartmark.generate', ['no key, no network']);
        await waitForNotification(workbench, /3 notes accepted/);
        assert.equal(server.calls.length, 0);
      } finally {
        await server.close();
      }
    },
  },
];
