import assert from 'node:assert/strict';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { activated, eventually, record, workspaceFile } from './support.ts';

const lineCount = 100_000;

/** Milliseconds. The window is fluid as long as a keystroke's work fits in half a frame. */
const keystrokeLimit = 8;
const firstLimit = 300;

suite('A BIO file of 100,000 lines', () => {
  const file = vscode.Uri.file(workspaceFile('large.bio'));

  suiteSetup(async () => {
    const sentence =
      'She\tO\nhas\tO\nsevere\tB-Disease\nasthma\tI-Disease\nand\tO\ntakes\tO\nsalbutamol\tB-Chemical\n.\tO\n\n';
    const lines = sentence.split('\n').slice(0, -1);
    const text = Array.from({ length: lineCount }, (_, i) => lines[i % lines.length]).join('\n');
    await vscode.workspace.fs.writeFile(file, Buffer.from(text));
  });

  test('has its first highlights with the event that shows it, in less than 300 ms', async () => {
    const { highlightTimings } = await activated();
    const before = highlightTimings().length;
    const drawings = new Promise<readonly number[]>((resolve) => {
      const listener = vscode.window.onDidChangeVisibleTextEditors((editors) => {
        if (!editors.some(({ document }) => document.uri.toString() === file.toString())) return;
        listener.dispose();
        resolve(highlightTimings().slice(before));
      });
    });
    await vscode.window.showTextDocument(file);
    const [first] = await drawings;
    assert.ok(first !== undefined, 'drawn when the host hears of the editor');
    await record('first highlights of a 100,000-line file, once its editor is there', first);
    assert.ok(first < firstLimit, `${first.toFixed(0)} ms`);
  });

  test('takes less than 8 ms of work a keystroke, at the 95th percentile', async () => {
    const { highlightTimings } = await activated();
    const editor = await vscode.window.showTextDocument(file);
    const middle = new vscode.Position(lineCount / 2, 0);
    editor.revealRange(new vscode.Range(middle, middle), vscode.TextEditorRevealType.InCenter);
    editor.selection = new vscode.Selection(middle, middle);
    await eventually(
      'the middle on the screen',
      () => editor.visibleRanges[0]?.start.line ?? 0,
      (line) => line > 1000,
    );
    const before = highlightTimings().length;
    const keys = 'a new word\tO\nand more\tB-Disease\n'.repeat(8);
    for (const key of keys) await vscode.commands.executeCommand('type', { text: key });
    const timings = highlightTimings()
      .slice(before)
      .toSorted((a, b) => a - b);
    const p95 = timings[Math.floor(timings.length * 0.95)] ?? Infinity;
    await record('work of a keystroke in it, 95th percentile', p95);
    assert.ok(timings.length >= keys.length, 'each keystroke is drawn');
    assert.ok(p95 < keystrokeLimit, `${p95.toFixed(2)} ms`);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('has an outline of all its sentences', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      file,
    );
    assert.equal(symbols.length, Math.ceil(lineCount / 9));
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
