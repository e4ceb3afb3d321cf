import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import type { Journey } from '../harness/journeys.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import { acceptDefaults, fileExists } from '../harness/questions.ts';
import {
  eventually,
  hoverOver,
  openInEditor,
  runCommand,
  waitForNotification,
  webviewFrame,
  type Workbench,
} from '../harness/workbench.ts';

const modelFiles = ['config.json', 'tokenizer.json', 'model.safetensors', 'model.onnx'];

export const training: readonly Journey[] = [
  {
    title: 'Annotating before there is a model offers to train one',
    openFile: 'visit.txt',
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.annotate');
      const offer = await waitForNotification(workbench, /no local model/i);
      await offer.getByText('Train Local Model').waitFor();
    },
  },
  {
    title: 'Training on eight sentences makes a model that annotates a note in place',
    openFile: 'train.bio',
    seconds: 300,
    async steps(workbench) {
      await runCommand(workbench, 'chartmark.train');
      await acceptDefaults(
        workbench,
        () => fileExists(workbench, ...modelFiles.map((file) => `models/local/${file}`)),
        240,
      );
      await waitForNotification(workbench, /F1/);

      await openInEditor(workbench, 'visit.txt');
      await runCommand(workbench, 'chartmark.annotate');
      await waitForNotification(workbench, /in visit\.txt/);
      const marked = await eventually(
        'the mentions drawn into the note',
        () => highlightedTexts(workbench),
        (texts) => texts.some(isWord),
      );
      const mention = marked.find(isWord) ?? '';
      const hover = await hoverOver(workbench, mention);
      assert.match(hover, /Source: model local/);
      assert.match(hover, /Score: 0\.\d+|Score: 1\.000/);
      const lines = await workbench.page.locator('.editor-group-container.active .view-line').allInnerTexts();
      assert.match(lines.join('\n'), /\sDisease\b/, 'the type stands behind the mention');
      assert.ok(!existsSync(path.join(workbench.folder, 'visit.ann')), 'nothing is written unasked');

      await runCommand(workbench, 'chartmark.savePredictions');
      await acceptDefaults(workbench, () => fileExists(workbench, 'visit.ann'), 30);
      assert.match(await readFile(path.join(workbench.folder, 'visit.ann'), 'utf8'), /^T1\t/m);

      await runCommand(workbench, 'chartmark.clearPredictions');
      await eventually(
        'the mentions after hiding them',
        () => highlightedTexts(workbench),
        (texts) => texts.length === 0,
      );

      await runCommand(workbench, 'chartmark.selectModel');
      await acceptDefaults(workbench, () => fileExists(workbench, '.vscode/settings.json'), 30);
    },
  },
  {
    title:
      'The panel shows a training live; stopped there, it keeps the best checkpoint, and goes on to its end',
    openFile: 'train.bio',
    seconds: 240,
    async steps(workbench) {
      // The workspace's chartmark.json asks for 20 epochs of two steps.
      await runCommand(workbench, 'chartmark.train');
      await acceptDefaults(workbench, async () => (await scoredEpochs(workbench)) >= 2, 120);
      const panel = await webviewFrame(workbench, '.figures');
      await assertLive(panel);
      await workbench.page.locator('.statusbar-item', { hasText: /local: epoch \d+ of 20/ }).waitFor();
      const status = (text: RegExp): Locator => panel.locator('.status').filter({ hasText: text });

      const asked = Date.now();
      await panel.getByRole('button', { name: 'Stop and Keep the Best' }).click();
      await status(/^Stopp/).waitFor();
      assert.ok(Date.now() - asked < 2000, `the panel answered after ${Date.now() - asked} ms`);
      await status(/^Stopped after epoch/).waitFor();
      const stopped = await waitForNotification(
        workbench,
        /Training of local: Stopped after epoch \d+ of 20.*models\/local/,
      );
      for (const file of modelFiles) assert.ok(fileExists(workbench, `models/local/${file}`), file);
      const card = (): Promise<string> =>
        readFile(path.join(workbench.folder, 'models/local/README.md'), 'utf8');
      assert.match(await card(), /stopped after epoch \d+ of 20/);

      const before = await scoredEpochs(workbench);
      await stopped.getByText('Resume').click();
      await status(/^Done\./).waitFor({ timeout: 120_000 });
      assert.equal(await scoredEpochs(workbench), 20);
      assert.ok(before < 20, 'it was stopped before its end');
      assert.doesNotMatch(await card(), /stopped after epoch/);
      await panel.getByRole('button', { name: 'Evaluate' }).waitFor();
    },
  },
];

function isWord(text: string): boolean {
  return /^\w{4}/.test(text);
}

/** Rows of the panel's table; 0 while there is no panel. */
async function scoredEpochs({ page }: Workbench): Promise<number> {
  const rows = await Promise.all(
    page.frames().map((frame) =>
      frame
        .locator('.epochs tbody tr')
        .count()
        .catch(() => 0),
    ),
  );
  return Math.max(...rows);
}

/** The panel has numbers of a training that runs. */
async function assertLive(panel: Frame): Promise<void> {
  assert.match(await panel.locator('.status').innerText(), /Epoch \d+ of 20/);
  const figures = await panel.locator('.figures').innerText();
  assert.match(
    figures,
    /Best dev F1\s+\d+\.\d%\s+epoch \d+ of 20, on a part of the training texts\s+Loss\s+\d\.\d{3}/,
  );
  assert.match(figures, /Time left\s+(under 1|\d+) min/);
  assert.match(figures, /Memory\s+[\d.]+ [MG]B/);
  assert.match(String(await panel.locator('svg.loss').getAttribute('aria-label')), /after \d+ of 40 steps/);
  const score = String(await panel.locator('svg.score').getAttribute('aria-label'));
  assert.match(score, /F1 on the dev set by epoch: \d+\.\d%, .*The best is/);
}
