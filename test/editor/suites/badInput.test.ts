import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { eventually, failure, open, workspaceFile } from './support.ts';

suite('Bad input is a sentence with the place and the next step', () => {
  test('a broken gold file', async () => {
    const message = await failure('chartmark.evaluate', {
      gold: workspaceFile('broken.bio'),
      predicted: workspaceFile('predicted.bio'),
    });
    assert.match(message, /^broken\.bio, line 3: .* Write a token, a tab and its tag/);
  });

  test('a gold file that is not there', async () => {
    const message = await failure('chartmark.evaluate', {
      gold: workspaceFile('nowhere.bio'),
      predicted: workspaceFile('predicted.bio'),
    });
    assert.match(message, /^nowhere\.bio: The file does not exist\. Check the path\.$/);
  });

  test('a file of an unknown encoding', async () => {
    const file = workspaceFile('latin.bio');
    await writeFile(file, Buffer.from('na\xefve\tO\n', 'latin1'));
    const message = await failure('chartmark.train', { files: [file] });
    assert.match(message, /^latin\.bio/);
    assert.match(message, /UTF-8/);
    await vscode.workspace.fs.delete(vscode.Uri.file(file));
  });

  test('a model folder that is not there', async () => {
    await open('visit.txt');
    const message = await failure('chartmark.annotate', { model: workspaceFile('models/nowhere') });
    assert.match(message, /models\/nowhere/);
  });

  test('a report that is none', async () => {
    const message = await failure('chartmark.showReport', { file: workspaceFile('chartmark.json') });
    assert.match(message, /^chartmark\.json, line 1: .*not a Chartmark report/);
  });

  test('a broken project file, which also shows it at its line', async () => {
    const file = workspaceFile('chartmark.json');
    const before = await readFile(file, 'utf8');
    try {
      await writeFile(file, '{\n  "generation": { "count": "many" }\n}\n');
      const message = await failure('chartmark.generate', { provider: 'offline', count: 1 });
      assert.match(message, /^chartmark\.json, line 2: "count" must be/);
      const problems = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(vscode.Uri.file(file));
      const found = await eventually('the problem', problems, (list) =>
        list.some(({ source }) => source === 'Chartmark'),
      );
      assert.equal(found.find(({ source }) => source === 'Chartmark')?.range.start.line, 1);
    } finally {
      await writeFile(file, before);
    }
  });

  test('a file without a mention of a model has nothing to save', async () => {
    await open('gold.bio');
    assert.match(await failure('chartmark.savePredictions'), /Run "Chartmark: Annotate Open File" first/);
  });
});
