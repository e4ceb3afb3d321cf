import { newReading } from '../../../src/runs/runFolders.ts';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readDocuments } from '../../../src/corpus/read.ts';
import type { Journey } from '../harness/journeys.ts';
import { acceptDefaults, fileExists } from '../harness/questions.ts';
import {
  eventually,
  runCommand,
  waitForNotification,
  webviewFrame,
  type Workbench,
} from '../harness/workbench.ts';

/** Lets the offline generator write a run; gives back its folder. */
async function generatedRun(workbench: Workbench): Promise<string> {
  await runCommand(workbench, 'chartmark.generate');
  const synthetic = path.join(workbench.folder, 'synthetic');
  const runs = (): Promise<string[]> => readdir(synthetic).catch(() => []);
  await acceptDefaults(
    workbench,
    async () => (await runs()).some((run) => fileExists(workbench, `synthetic/${run}/accepted.jsonl`)),
    60,
  );
  await waitForNotification(workbench, /30 notes accepted/);
  const [run] = await runs();
  return path.join(synthetic, String(run));
}

export const reviewing: readonly Journey[] = [
  {
    title: 'A run is reviewed by key, training takes it so, and a map sets it beside own texts',
    seconds: 150,
    async steps(workbench) {
      const { page } = workbench;
      const run = await generatedRun(workbench);
      const accepted = await readFile(path.join(run, 'accepted.jsonl'), 'utf8');
      await runCommand(workbench, 'chartmark.review');
      const frame = await webviewFrame(workbench, '.texts > li');
      const item = (index: number) => frame.locator('.texts > li').nth(index);
      const texts = async (): Promise<string[]> =>
        (await readDocuments([run], newReading())).map(({ text }) => text);
      const [first, , third] = await texts();

      await item(0).focus();
      await page.keyboard.press('r');
      await item(0).getByText('Rejected').waitFor();
      await page.keyboard.press('a');
      await item(1)
        .getByText(/reviewed/)
        .waitFor();
      await page.keyboard.press('e');
      await frame.getByLabel('Text with tags').fill('She has <Disease>gout</Disease>.');
      await page.keyboard.press('Control+Enter');
      await item(2).getByText('Accepted, edited').waitFor();

      const reviewed = await texts();
      assert.equal(reviewed.length, 29);
      assert.ok(!reviewed.includes(String(first)) && !reviewed.includes(String(third)));
      assert.ok(reviewed.includes('She has gout.'));
      assert.equal(await readFile(path.join(run, 'accepted.jsonl'), 'utf8'), accepted);
      const decisions = (await readFile(path.join(run, 'review.jsonl'), 'utf8')).trim().split('\n');
      assert.deepEqual(
        decisions.map((line) => (JSON.parse(line) as { decision: string }).decision),
        ['reject', 'accept', 'accept'],
      );

      await frame.getByRole('tab', { name: 'Map' }).click();
      await frame.getByRole('button', { name: 'Choose Your Notes and Draw Map' }).click();
      const dots = frame.locator('.map circle');
      await acceptDefaults(workbench, async () => (await dots.count()) > 0, 60);
      await eventually(
        'as many dots of each kind',
        async () => [await dots.count(), await frame.locator('.map path').count()],
        ([synthetic, own]) => synthetic !== undefined && synthetic === own,
      );
      assert.match(await frame.locator('.gap').innerText(), /nearest neighbour of \d+\.\d% of the sentences/);
    },
  },
];
