import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { activated, eventually, hoverText, open, workspaceFile } from './support.ts';

suite('Reading a BIO file', () => {
  test('the hover of a mention tells text, type, definition, tokens, characters and source', async () => {
    await activated();
    const { document } = await open('notes.bio');
    const hover = await hoverText(document.uri, 5, 2);
    assert.match(hover, /\*\*Disease\*\* · chronic bronchitis/);
    assert.match(hover, /A named disease, disorder/);
    assert.match(hover, /Tokens: 4-5 of the sentence/);
    assert.match(hover, /Characters: 16-34 of the sentence/);
    assert.match(hover, /Source: this file/);
  });

  test('a token outside every mention has no hover', async () => {
    const { document } = await open('notes.bio');
    assert.equal(await hoverText(document.uri, 2, 2), '');
  });

  test('the outline has the sentences and in them their mentions', async () => {
    const { document } = await open('notes.bio');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, children.map((child) => `${child.name}: ${child.detail}`)]),
      [
        [
          'The patient has chronic bronchitis and takes salbutamol .',
          ['chronic bronchitis: Disease', 'salbutamol: Chemical'],
        ],
        ['Chest radiography showed no pneumonia .', ['Chest radiography: Procedure', 'pneumonia: Disease']],
      ],
    );
  });

  test('a broken line is an error at its place until it is mended', async () => {
    const { document } = await open('broken.bio');
    const problems = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri);
    const [problem] = await eventually('the problem', problems, (found) => found.length > 0);
    assert.equal(problem?.range.start.line, 2);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.match(problem.message, /Write a token, a tab and its tag/);

    const mend = new vscode.WorkspaceEdit();
    mend.insert(document.uri, document.lineAt(2).range.end, '\tO');
    await vscode.workspace.applyEdit(mend);
    await eventually('the mended file', problems, (found) => found.length === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('the words are in the column that does not count them, or in the one that the project names', async () => {
    const file = workspaceFile('columns.bio');
    await writeFile(file, '1\tgout\tGout\tB-Disease\n2\tnow\tNow\tO\n');
    const { document } = await open('columns.bio');
    const hover = (): Promise<string> => hoverText(document.uri, 0, 3);
    assert.match(await eventually('the hover', hover, (text) => text !== ''), /\*\*Disease\*\* · gout/);
    const [problem] = await eventually(
      'the problem',
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.length > 0,
    );
    assert.match(
      problem?.message ?? '',
      /Column 1 holds running numbers, so the words are read from column 2/,
    );

    const before = await readFile(workspaceFile('chartmark.json'), 'utf8');
    try {
      const columns = [{ files: '*.bio', word: 3 }];
      await writeFile(workspaceFile('chartmark.json'), JSON.stringify({ ...JSON.parse(before), columns }));
      assert.match(await eventually('the named column', hover, (text) => text.includes('Gout')), /· Gout/);
      await eventually(
        'the file without the problem',
        () => vscode.languages.getDiagnostics(document.uri),
        (found) => found.length === 0,
      );
    } finally {
      await writeFile(workspaceFile('chartmark.json'), before);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await rm(file);
    }
  });
});
