import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { done, failure, workspaceFile } from './support.ts';

async function preview(task: 'ner' | 're'): Promise<string> {
  const view = await done<vscode.Uri>('chartmark.previewPrompt', { task });
  const { document } = await vscode.window.showTextDocument(view);
  return document.getText();
}

suite('Prompts', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(workspaceFile('prompts'), { recursive: true, force: true });
  });

  test('are shown as they would be sent, without sending or writing', async () => {
    const text = await preview('ner');
    assert.match(text, /^----- System message -----\nYou write realistic/);
    assert.match(text, /----- Request message -----\nWrite 10 texts in English/);
    assert.match(await preview('re'), /in the relation "association"/);
    await assert.rejects(readFile(workspaceFile('prompts/ner.md')));
  });

  test('are edited in a file of the project, and the preview follows', async () => {
    const file = await done<string>('chartmark.editPrompt', { task: 'ner' });
    assert.equal(file, workspaceFile('prompts', 'ner.md'));
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, file);
    const template = await readFile(file, 'utf8');
    await writeFile(file, template.replace('# Request\n', '# Request\n\nWrite like a surgeon.\n'));
    assert.match(await preview('ner'), /Write like a surgeon\./);
    // What is there is opened, not written over.
    await done('chartmark.editPrompt', { task: 'ner' });
    assert.match(await readFile(file, 'utf8'), /Write like a surgeon\./);
  });

  test('with a fault are a sentence that names file and line', async () => {
    const file = await done<string>('chartmark.editPrompt', { task: 're' });
    const template = await readFile(file, 'utf8');
    await writeFile(file, template.replace('{{language}}.', '{{tongue}}.'));
    const message = await failure('chartmark.previewPrompt', { task: 're' });
    assert.match(
      message,
      /prompts.re\.md, line \d+: \{\{tongue\}\} is not a placeholder\. Use one of \{\{types\}\}/,
    );
  });
});
