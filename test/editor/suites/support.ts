import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CommandId } from '../../../src/editor/commandTable.ts';
import type { Outcome } from '../../../src/editor/commands.ts';
import type { ChartmarkApi } from '../../../src/extension.ts';

/** The tests' own copy of the workspace. */
function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

export function workspaceFile(...parts: readonly string[]): string {
  return path.join(workspaceFolder(), ...parts);
}

export async function activated(): Promise<ChartmarkApi> {
  const extension = vscode.extensions.getExtension<ChartmarkApi>('chartmark.chartmark');
  assert.ok(extension, 'Chartmark is in this editor');
  return extension.activate();
}

/** Opens a file of the workspace in an editor. */
export async function open(...parts: readonly string[]): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(workspaceFile(...parts)));
}

/** What a command says when it is run with these answers; none of its questions is asked. */
async function run<R>(id: CommandId, answers: object = {}): Promise<Outcome<R>> {
  await activated();
  return vscode.commands.executeCommand<Outcome<R>>(id, answers);
}

/** The result of a command that must succeed. */
export async function done<R>(id: CommandId, answers: object = {}): Promise<R> {
  const outcome = await run<R>(id, answers);
  assert.equal(outcome.kind, 'done', JSON.stringify(outcome));
  return outcome.result;
}

/** The message of a command that must fail with a sentence. */
export async function failure(id: CommandId, answers: object = {}): Promise<string> {
  const outcome = await run(id, answers);
  assert.equal(outcome.kind, 'failed', JSON.stringify(outcome));
  return outcome.message;
}

/** Looks again until there is a value that `accept` takes. */
export async function eventually<T>(
  what: string,
  read: () => T | Promise<T>,
  accept: (value: T) => boolean,
  seconds = 20,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (accept(value)) return value;
    assert.ok(Date.now() < deadline, `${what}: still ${JSON.stringify(value)} after ${seconds} s`);
    await sleep(50);
  }
}

/** Every hover's text at a place, counted from 0. */
export async function hoverText(uri: vscode.Uri, line: number, column: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(line, column),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('\\', '');
}
