import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Journey } from '../harness/journeys.ts';
import { highlightedTexts } from '../harness/highlights.ts';
import { acceptDefaults, fileExists } from '../harness/questions.ts';
import {
  eventually,
  hoverOver,
  openInEditor,
  runCommand,
  waitForNotification,
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
        (texts) => texts.length > 0,
      );
      const mention = marked.find((text) => /\w{4}/.test(text)) ?? '';
      const hover = await hoverOver(workbench, mention);
      assert.match(hover, /Source: model local/);
      assert.match(hover, /Score: 0\.\d+|Score: 1\.000/);
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
];
