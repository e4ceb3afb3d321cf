import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { parseBio } from '../../src/corpus/bio/file.ts';
import { showAtLine, typeKeys, writeLargeBio } from '../../test/editor/suites/largeBio.ts';
import { activated, workspaceFile } from '../../test/editor/suites/support.ts';

const lineCount = 100_000;
const keys = 'a new word\tO\nand more\tB-Disease\n'.repeat(8);

/** Runs inside the extension host; the figures go to the file that CHARTMARK_MEASUREMENTS names. */
suite('Keystrokes in a BIO file of 100,000 lines', () => {
  test('what a keystroke costs the extension, beside reading the whole document anew', async () => {
    const out = process.env['CHARTMARK_MEASUREMENTS'];
    assert.ok(out !== undefined, 'CHARTMARK_MEASUREMENTS names a file');
    const file = vscode.Uri.file(workspaceFile('large.bio'));
    await writeLargeBio(file, lineCount);
    const { highlightTimings } = await activated();
    await showAtLine(file, lineCount / 2);
    const before = highlightTimings().length;
    await typeKeys(keys);
    const ours = highlightTimings().slice(before);

    const document = await vscode.workspace.openTextDocument(file);
    const whole: number[] = [];
    for (let i = 0; i < 20; i++) {
      await typeKeys('x');
      const started = performance.now();
      parseBio(document.getText());
      whole.push(performance.now() - started);
    }
    await writeFile(out, JSON.stringify({ ours, whole }));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }).timeout(300_000);
});
