import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { activated, eventually, open, workspaceFile } from './support.ts';

suite('The project file', () => {
  test('completes its keys', async () => {
    await activated();
    const { document } = await open('chartmark.json');
    const keys = await eventually(
      'the completions',
      () => completions(document.uri, document.positionAt(1)),
      (found) => found.includes('entityTypes'),
    );
    assert.ok(keys.includes('relationTypes'));
  });

  test("is not mistaken for a model's record of the same name", async () => {
    const record = workspaceFile('models/some/chartmark.json');
    await mkdir(workspaceFile('models/some'), { recursive: true });
    await writeFile(record, '{\n  "task": "ner"\n}\n');
    const { document } = await open('models/some/chartmark.json');
    assert.ok(!(await completions(document.uri, document.positionAt(1))).includes('entityTypes'));
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    await rm(workspaceFile('models'), { recursive: true });
  });
});

async function completions(uri: vscode.Uri, at: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    at,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
