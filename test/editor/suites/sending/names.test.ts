import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import * as vscode from 'vscode';
import { putNamesIntoProject } from '../../../../src/editor/generate/putNames.ts';
import type { GenerateResult } from '../../../../src/generation/run/generate.ts';
import type { Outcome } from '../../../../src/editor/commands.ts';
import { done, failure, workspaceFile } from '../support.ts';

interface Collected {
  readonly seeds: Readonly<Record<string, readonly string[]>>;
  readonly document: vscode.Uri;
}

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

suite('Names to write about', () => {
  let before = '';

  suiteSetup(async () => {
    before = await readFile(projectFile(), 'utf8');
  });

  test('are collected from the lexicon into a document, and put into chartmark.json as they are then', async () => {
    const answers = { from: 'lexicon', types: ['Disease', 'Chemical'], count: 7 };
    const { seeds, document } = await done<Collected>('chartmark.collectTopics', answers);
    assert.deepEqual(Object.keys(seeds), ['Disease', 'Chemical']);
    assert.equal(new Set(seeds['Disease']).size, 7);
    assert.equal(document.scheme, 'untitled');
    assert.equal(await readFile(projectFile(), 'utf8'), before);

    await writeFile(projectFile(), '{"generation":{"count":30},"topics":{"Disease":["my own"]}}');
    await hasRead('my own');
    const shown = await vscode.workspace.openTextDocument(document);
    const struck = new vscode.WorkspaceEdit();
    const [first = '', second = ''] = seeds['Disease'] ?? [];
    const at = shown.positionAt(shown.getText().indexOf(JSON.stringify(first)));
    struck.delete(document, new vscode.Range(at.line, 0, at.line + 1, 0));
    await vscode.workspace.applyEdit(struck);
    await putNamesIntoProject(shown, workspaceFile());
    const project = JSON.parse(await readFile(projectFile(), 'utf8')) as {
      readonly generation: object;
      readonly topics: Collected['seeds'];
    };
    assert.deepEqual(project.generation, { count: 30 });
    assert.deepEqual(project.topics['Disease']?.slice(0, 2), ['my own', second]);
    assert.equal(project.topics['Disease']?.length, 7);
    assert.deepEqual(project.topics['Chemical'], seeds['Chemical']);
  });

  test('that are no JSON any more are not put anywhere', async () => {
    const broken = await vscode.workspace.openTextDocument({ language: 'json', content: '{"topics": [' });
    const untouched = await readFile(projectFile(), 'utf8');
    await assert.rejects(putNamesIntoProject(broken, workspaceFile()), { name: 'UserError' });
    assert.equal(await readFile(projectFile(), 'utf8'), untouched);
  });

  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeFile(projectFile(), before);
  });
});

suite('A run', () => {
  test('is gone on with for more texts, those it has kept', async () => {
    const offline = { provider: 'offline', topicSource: 'lexicon', count: 12 };
    const { folder } = await done<GenerateResult>('chartmark.generate', offline);
    const had = await readFile(`${folder}/accepted.jsonl`, 'utf8');
    const again = await done<Outcome<GenerateResult>>('chartmark.resumeRun', { folder, count: 20 });
    assert.equal(again.kind, 'done', JSON.stringify(again));
    assert.equal(again.result.accepted, 20);
    const has = await readFile(`${folder}/accepted.jsonl`, 'utf8');
    assert.ok(has.startsWith(had));
    assert.match(await readFile(`${folder}/report.json`, 'utf8'), /"texts": 20/);
  });

  test('that is none is a sentence', async () => {
    assert.match(
      await failure('chartmark.resumeRun', { folder: workspaceFile() }),
      /run\.json: The file does not exist/,
    );
  });
});
