import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { contributedCommands } from '../harness/manifest.ts';
import { activated, open } from './support.ts';

function languageOf(name: string): string | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith(name))?.languageId;
}

suite('Activation', () => {
  test('a BIO file has its language and wakes the extension', async () => {
    const { document } = await open('notes.bio');
    assert.equal(document.languageId, 'bio');
    await activated();
  });

  test('every command of the manifest is there', async () => {
    await activated();
    const known = new Set(await vscode.commands.getCommands(true));
    for (const { command } of contributedCommands) assert.ok(known.has(command), command);
  });

  test('a .tsv file with BIO lines becomes BIO, a .txt note stays a note', async () => {
    await activated();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri as vscode.Uri;
    const table = vscode.Uri.joinPath(folder, 'tagged.tsv');
    const lines = 'She\tO\nhas\tO\nsevere\tO\nasthma\tB-Disease\n.\tO\n';
    await vscode.workspace.fs.writeFile(table, Buffer.from(lines));
    await vscode.window.showTextDocument(table);
    assert.equal(languageOf('/tagged.tsv'), 'bio');
    await open('visit.txt');
    assert.equal(languageOf('/visit.txt'), 'plaintext');
    await vscode.workspace.fs.delete(table);
  });
});
