import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { sentenceLines, showAtLine, typeKeys, writeLargeBio } from './largeBio.ts';
import { activated, workspaceFile } from './support.ts';

const lineCount = 100_000;

suite('A BIO file of 100,000 lines', () => {
  const file = vscode.Uri.file(workspaceFile('large.bio'));

  suiteSetup(() => writeLargeBio(file, lineCount));

  test('is drawn with the event that shows it', async () => {
    const { highlightTimings } = await activated();
    const before = highlightTimings().length;
    const drawn = new Promise<number>((resolve) => {
      const listener = vscode.window.onDidChangeVisibleTextEditors((editors) => {
        if (!editors.some(({ document }) => document.uri.toString() === file.toString())) return;
        listener.dispose();
        resolve(highlightTimings().length);
      });
    });
    await vscode.window.showTextDocument(file);
    assert.ok((await drawn) > before);
  });

  test('is drawn again after each keystroke in the middle of it', async () => {
    const { highlightTimings } = await activated();
    await showAtLine(file, lineCount / 2);
    const before = highlightTimings().length;
    const keys = 'a new word\tO\nand more\tB-Disease\n';
    await typeKeys(keys);
    assert.ok(highlightTimings().length - before >= keys.length);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('has an outline of all its sentences', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      file,
    );
    assert.equal(symbols.length, Math.ceil(lineCount / sentenceLines.length));
    assert.deepEqual(
      symbols.at(-2)?.children.map(({ name }) => name),
      ['severe asthma', 'salbutamol'],
    );
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file);
  });
});
