import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import type { Result } from '../../../../src/editor/commandTable.ts';
import { addTopics } from '../../../../src/editor/generate/addTopics.ts';
import { done, workspaceFile } from '../support.ts';

type Collected = Result<'chartmark.collectTopics'>;

const projectFile = (): string => workspaceFile('chartmark.json');

/** Waits until the editor has seen what was written to the project file, which it may have open. */
async function hasRead(words: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const file = await vscode.workspace.openTextDocument(projectFile());
    if (file.getText().includes(words)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The editor does not see that chartmark.json was written.');
}

suite('Topics', () => {
  let before = '';

  suiteSetup(async () => {
    before = await readFile(projectFile(), 'utf8');
  });

  test('are collected from the lexicon into a document, and added to chartmark.json as they are then', async () => {
    const answers = { from: 'lexicon', types: ['Disease', 'Chemical'], count: 7 };
    const { topics, document } = await done<Collected>('chartmark.collectTopics', answers);
    assert.deepEqual(Object.keys(topics), ['Disease', 'Chemical']);
    assert.equal(new Set(topics['Disease']).size, 7);
    assert.equal(document.scheme, 'untitled');
    assert.equal(await readFile(projectFile(), 'utf8'), before);

    await writeFile(projectFile(), '{"generation":{"count":30},"topics":{"Disease":["my own"]}}');
    await hasRead('my own');
    const shown = await vscode.workspace.openTextDocument(document);
    const struck = new vscode.WorkspaceEdit();
    const [first = '', second = ''] = topics['Disease'] ?? [];
    const at = shown.positionAt(shown.getText().indexOf(JSON.stringify(first)));
    struck.delete(document, new vscode.Range(at.line, 0, at.line + 1, 0));
    await vscode.workspace.applyEdit(struck);
    await addTopics(shown, workspaceFile());
    const project = JSON.parse(await readFile(projectFile(), 'utf8')) as {
      readonly generation: object;
      readonly topics: Collected['topics'];
    };
    assert.deepEqual(project.generation, { count: 30 });
    assert.deepEqual(project.topics['Disease']?.slice(0, 2), ['my own', second]);
    assert.equal(project.topics['Disease']?.length, 7);
    assert.deepEqual(project.topics['Chemical'], topics['Chemical']);
  });

  test('that are not JSON any more are not added', async () => {
    const broken = await vscode.workspace.openTextDocument({ language: 'json', content: '{"topics": [' });
    const untouched = await readFile(projectFile(), 'utf8');
    await assert.rejects(addTopics(broken, workspaceFile()), { name: 'UserError' });
    assert.equal(await readFile(projectFile(), 'utf8'), untouched);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeFile(projectFile(), before);
  });
});
