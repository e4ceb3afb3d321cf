import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { Report } from '../../../src/evaluation/report.ts';
import type { TrainResult } from '../../../src/training/trainOptions.ts';
import { done, failure, hoverText, open, workspaceFile } from './support.ts';

interface Annotated {
  readonly mentions: number;
  readonly relations: number;
}

const genes = ['PAH', 'CFTR', 'HBB', 'FBN1'];
const diseases = ['gout', 'asthma', 'anaemia', 'epilepsy'];

/** A line of JSONL: a gene that causes a disease, or one that does not. */
function example(number: number): string {
  const gene = genes[number % 4] as string;
  const disease = diseases[(number >> 2) % 4] as string;
  const isRelated = number % 2 === 0;
  const text = `${gene} ${isRelated ? 'causes' : 'was not studied in'} ${disease}.`;
  const start = text.length - disease.length - 1;
  return JSON.stringify({
    id: `d${number}`,
    text,
    spans: [
      { id: 'T1', start: 0, end: gene.length, label: 'Gene' },
      { id: 'T2', start, end: start + disease.length, label: 'Disease' },
    ],
    relations: isRelated ? [{ head: 'T1', tail: 'T2', label: 'association' }] : [],
  });
}

const note = 'HBB causes anaemia.\nPAH was not studied in gout.\n';
const standoff = [
  'T1\tGene 0 3\tHBB',
  'T2\tDisease 11 18\tanaemia',
  'T3\tGene 20 23\tPAH',
  'T4\tDisease 43 47\tgout',
  '#1\tAnnotatorNotes T4\tnot sure',
  '',
].join('\n');
const settings = { relations: { input: 'marker' }, training: { batchSize: 8, learningRate: 2e-4, seed: 7 } };

suite('Relations', () => {
  let projectBefore = '';

  suiteSetup(async () => {
    projectBefore = await readFile(workspaceFile('chartmark.json'), 'utf8');
    await writeFile(workspaceFile('chartmark.json'), JSON.stringify(settings));
    const lines = Array.from({ length: 32 }, (_, number) => `${example(number)}\n`);
    await writeFile(workspaceFile('pairs.jsonl'), lines.join(''));
    await writeFile(workspaceFile('family.txt'), note);
    await writeFile(workspaceFile('family.ann'), standoff);
  });

  test('are learned from documents, beside the model of mentions', async () => {
    const result = await done<TrainResult>('chartmark.train', {
      files: [workspaceFile('pairs.jsonl')],
      dev: [workspaceFile('pairs.jsonl')],
      task: 're',
      epochs: 6,
    });
    assert.equal(result.out, workspaceFile('models/local-relations'));
    assert.equal(result.best.devF1, 1);
    const record = JSON.parse(await readFile(`${result.out}/chartmark.json`, 'utf8')) as object;
    assert.deepEqual((record as { relations: unknown }).relations, {
      input: 'marker',
      window: 1,
      types: [{ name: 'association', head: 'Gene', tail: 'Disease' }],
    });
  }).timeout(60_000);

  test('join the mentions of the .ann file beside a note, shown in hover and outline, and write nothing', async () => {
    const { document } = await open('family.txt');
    const found = await done<Annotated>('chartmark.annotate', {
      model: workspaceFile('models/local-relations'),
    });
    assert.deepEqual([found.mentions, found.relations], [4, 1]);
    assert.equal(await readFile(workspaceFile('family.ann'), 'utf8'), standoff);
    for (const column of [1, 12]) {
      const hover = await hoverText(document.uri, 0, column);
      assert.match(hover, /Source: the .ann file/);
      assert.match(hover, /Relation: HBB → association → anaemia \([01]\.\d{3}\)/);
    }
    assert.doesNotMatch(await hoverText(document.uri, 1, 1), /Relation/);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.length]),
      [
        ['HBB', 1],
        ['anaemia', 1],
        ['PAH', 0],
        ['gout', 0],
      ],
    );
  });

  test('are added to the .ann file when asked, which keeps all it said', async () => {
    await open('family.txt');
    await done('chartmark.savePredictions', { overwrite: true });
    assert.equal(
      await readFile(workspaceFile('family.ann'), 'utf8'),
      `${standoff}R1\tassociation Arg1:T1 Arg2:T2\t\n`,
    );
  });

  test('go with a mention that is edited', async () => {
    const { document } = await open('family.txt');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 13), 'x');
    await vscode.workspace.applyEdit(edit);
    const hover = await hoverText(document.uri, 0, 1);
    assert.match(hover, /HBB/);
    assert.doesNotMatch(hover, /Relation/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('of documents are scored, each error with its place', async () => {
    const { report } = await done<{ report: Report }>('chartmark.evaluate', {
      gold: workspaceFile('pairs.jsonl'),
      model: workspaceFile('models/local-relations'),
      task: 're',
    });
    assert.deepEqual([report.task, report.scheme, report.micro.f1], ['re', 'documents', 1]);
  });

  test('that the project does not know are named with what the documents do state', async () => {
    const file = workspaceFile('others.jsonl');
    await writeFile(file, `${example(0).replace('"Gene"', '"Chemical"')}\n`);
    const message = await failure('chartmark.train', { files: [file], task: 're' });
    assert.match(
      message,
      /association \(Gene, Disease\)\. The documents state: association \(Chemical, Disease\)\./,
    );
    await assert.rejects(stat(workspaceFile('models/others')));
    await rm(file);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeFile(workspaceFile('chartmark.json'), projectBefore);
    for (const made of ['pairs.jsonl', 'family.txt', 'family.ann', 'models/local-relations']) {
      await rm(workspaceFile(made), { recursive: true, force: true });
    }
  });
});
