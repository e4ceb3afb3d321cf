import assert from 'node:assert/strict';
import { cp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { suite, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { Report } from '../../../src/evaluation/report.ts';
import type { GenerateResult } from '../../../src/generation/run/generateTexts.ts';
import type { TrainResult } from '../../../src/training/trainOptions.ts';
import { done, eventually, failure, hoverText, open, workspaceFile } from './support.ts';

interface Annotated {
  readonly uri: vscode.Uri;
  readonly model: string;
  readonly mentions: number;
}

function wordsOf(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.split('\t')[0] as string);
}

function webviewTabs(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label),
  );
}

suite('The loop', () => {
  test('generates labelled notes without a key or network', async () => {
    const { folder, accepted } = await done<GenerateResult>('chartmark.generate', {
      provider: 'offline',
      count: 20,
    });
    assert.equal(accepted, 20);
    const lines = (await readFile(`${folder}/accepted.jsonl`, 'utf8')).trim().split('\n');
    assert.equal(lines.length, 20);
  });

  test('shows generated notes as read-only BIO lines', async () => {
    const { folder } = await done<GenerateResult>('chartmark.generate', { provider: 'offline', count: 5 });
    await vscode.commands.executeCommand('chartmark.openAsBio', vscode.Uri.file(`${folder}/accepted.jsonl`));
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'bio');
    assert.match(document.getText(), /\t(?:O|B-)/);
  });

  test('says that there is no model before one is trained', async () => {
    await open('visit.txt');
    assert.equal(await done('chartmark.annotate'), undefined);
  });

  test('trains a model on annotated files', async () => {
    const result = await done<TrainResult>('chartmark.train', {
      files: [workspaceFile('train.bio')],
      dev: [workspaceFile('train.bio')],
      epochs: 30,
    });
    assert.ok(result.best.devF1 > 0.9, `F1 ${result.best.devF1} on what it was trained on`);
    await stat(workspaceFile('models/local/model.onnx'));
  }).timeout(180_000);

  test('annotates a note in place, with scores in the hover, and writes nothing', async () => {
    const { document } = await open('visit.txt');
    const before = document.getText();
    const { mentions } = await done<Annotated>('chartmark.annotate');
    assert.ok(mentions > 0);
    assert.equal(document.getText(), before);
    assert.equal(document.isDirty, false);
    await assert.rejects(stat(workspaceFile('visit.ann')));
    const asthma = document.positionAt(document.getText().indexOf('asthma') + 1);
    const hover = await hoverText(document.uri, asthma.line, asthma.character);
    assert.match(hover, /\*\*Disease\*\* · asthma/);
    assert.match(hover, /Source: model local/);
    assert.match(hover, /Score: [01]\.\d{3}/);
  }).timeout(60_000);

  test('saves the mentions as standoff when asked', async () => {
    await open('visit.txt');
    await done('chartmark.savePredictions');
    const standoff = await readFile(workspaceFile('visit.ann'), 'utf8');
    const note = await readFile(workspaceFile('visit.txt'), 'utf8');
    for (const line of standoff.trim().split('\n')) {
      const [, place, text] = line.split('\t');
      const [, start, end] = String(place).split(' ');
      assert.equal(note.slice(Number(start), Number(end)), text);
    }
  });

  test('moves mentions along with what is typed before them, and drops the one that is edited', async () => {
    const { document } = await open('visit.txt');
    const before = (await done<Annotated>('chartmark.annotate')).mentions;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'Today: ');
    await vscode.workspace.applyEdit(edit);
    const asthma = document.positionAt(document.getText().indexOf('asthma') + 1);
    assert.match(await hoverText(document.uri, asthma.line, asthma.character), /· asthma/);
    const inside = new vscode.WorkspaceEdit();
    inside.insert(document.uri, asthma, 'x');
    await vscode.workspace.applyEdit(inside);
    assert.equal(await hoverText(document.uri, asthma.line, asthma.character), '');
    assert.ok(before > 1);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('annotates a BIO file beside it, with its lines and tokens', async () => {
    const { document } = await open('notes.bio');
    const { uri } = await done<Annotated>('chartmark.annotate');
    const shown = await vscode.workspace.openTextDocument(uri);
    assert.equal(shown.languageId, 'bio');
    assert.deepEqual(wordsOf(shown.getText()), wordsOf(document.getText()));
    assert.equal(uri.scheme, 'untitled');
    const line = shown
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('\tB-'));
    assert.match(await hoverText(uri, line, 1), /Source: model local[\s\S]*Score: [01]\.\d{3}/);
    await vscode.window.showTextDocument(shown);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('scores predictions against gold and opens the report', async () => {
    const { file, report } = await done<{ file: string; report: Report }>('chartmark.evaluate', {
      gold: workspaceFile('gold.bio'),
      predicted: workspaceFile('predicted.bio'),
    });
    assert.equal(report.micro.precision, 3 / 4);
    assert.equal(report.micro.recall, 3 / 5);
    const saved = JSON.parse(await readFile(file, 'utf8')) as Report;
    assert.equal(saved.micro.f1, report.micro.f1);
    await eventually('the panel', webviewTabs, (labels) => labels.includes('gold-predicted'));
  });

  test('leaves out types that the gold file never marks, unless they are asked for', async () => {
    const predicted = workspaceFile('more-types.bio');
    const gold = await readFile(workspaceFile('gold.bio'), 'utf8');
    await writeFile(predicted, gold.replace('\tO', '\tB-Procedure'));
    const files = { gold: workspaceFile('gold.bio'), predicted };
    const usual = await done<{ report: Report }>('chartmark.evaluate', files);
    assert.deepEqual([usual.report.micro.f1, usual.report.labels], [1, ['Chemical', 'Disease']]);
    const labels = ['Chemical', 'Disease', 'Procedure'];
    const all = await done<{ report: Report }>('chartmark.evaluate', { ...files, labels });
    assert.equal(all.report.counts.spurious, 1);
    await rm(predicted);
  });

  test('scores a local model on a gold file', async () => {
    const { report } = await done<{ report: Report }>('chartmark.evaluate', {
      gold: workspaceFile('train.bio'),
      model: workspaceFile('models/local'),
    });
    assert.ok(report.micro.f1 > 0.9);
    assert.deepEqual(report.sources, { gold: ['train.bio'], predicted: ['models/local'] });
  }).timeout(60_000);

  test('keeps to the model that the user selects', async () => {
    await cp(workspaceFile('models/local'), workspaceFile('models/other'), { recursive: true });
    await done('chartmark.selectModel', { model: workspaceFile('models/other') });
    assert.equal(vscode.workspace.getConfiguration('chartmark').get('model'), 'models/other');
    await open('visit.txt');
    assert.equal((await done<Annotated>('chartmark.annotate')).model, workspaceFile('models/other'));
    await vscode.workspace.getConfiguration('chartmark').update('model', undefined);
    await rm(workspaceFile('models/other'), { recursive: true });
  });

  test('shows the newest report', async () => {
    assert.equal(await done('chartmark.showReport'), workspaceFile('reports', 'train-local.json'));
  });

  test('refuses a model folder that was cut off, naming the file and the next step', async () => {
    const cut = workspaceFile('models/cut');
    await cp(workspaceFile('models/local'), cut, { recursive: true });
    await truncate(`${cut}/model.onnx`, 1000);
    await open('gold.bio');
    const message = await failure('chartmark.annotate', { model: cut });
    assert.match(message, /^models\/cut\/model\.onnx: /);
    await rm(cut, { recursive: true });
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
