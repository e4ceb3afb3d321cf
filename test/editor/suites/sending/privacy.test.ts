import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { suite, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { done, open, workspaceFile } from '../support.ts';

interface Found {
  readonly texts: number;
  readonly copies: readonly { readonly line: number; readonly ownLine: number }[];
}

function problemsOf(file: string): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(vscode.Uri.file(file))
    .filter(({ source }) => source === 'Chartmark');
}

suite('Privacy', () => {
  test('identifiers of the open file are listed by kind and place, without their words', async () => {
    const { document } = await open('visit.txt');
    assert.deepEqual(await done('chartmark.findIdentifiers'), { name: 1 });
    const [problem] = problemsOf(document.uri.fsPath);
    assert.match(problem?.message ?? '', /may be an identifier of a person \(name\)/);
    assert.equal(document.getText(problem?.range), 'Example');
    await open('gold.bio');
    assert.deepEqual(await done('chartmark.findIdentifiers'), {});
  });

  test('what a run repeats of own texts is listed at its line, with the place in the own text', async () => {
    const folder = workspaceFile('synthetic', 'copied');
    await mkdir(folder, { recursive: true });
    const note = await readFile(workspaceFile('visit.txt'), 'utf8');
    const copied = note.split('\n').slice(0, 2).join(' ').toUpperCase();
    const lines = ['She has gout.', `Seen today. ${copied}`].map((text, at) =>
      JSON.stringify({ id: `d${at}`, text, spans: [] }),
    );
    const accepted = workspaceFile('synthetic', 'copied', 'accepted.jsonl');
    await writeFile(accepted, `${lines.join('\n')}\n`);
    const own = [workspaceFile('visit.txt')];
    const { texts, copies } = await done<Found>('chartmark.findCopies', { folder, own });
    assert.equal(texts, 2);
    assert.deepEqual(
      copies.map(({ line, ownLine }) => [line, ownLine]),
      [[2, 1]],
    );
    const [problem] = problemsOf(accepted);
    assert.equal(problem?.range.start.line, 1);
    assert.match(problem.message, /^\d+ words in a row are in visit\.txt, line 1\.$/);
    assert.equal(problem.relatedInformation?.[0]?.location.uri.fsPath, workspaceFile('visit.txt'));

    await writeFile(accepted, `${String(lines[0])}\n`);
    assert.deepEqual(await done('chartmark.findCopies', { folder, own }), { texts: 1, copies: [] });
    assert.deepEqual(problemsOf(accepted), []);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(workspaceFile('synthetic', 'copied'), { recursive: true });
  });
});
