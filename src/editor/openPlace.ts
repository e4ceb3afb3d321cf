import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Place } from '../foundation/userError.ts';
import type { Action } from './offer.ts';

/** The action that opens the place of a failure. Empty if the file does not exist or holds no text. */
export function placeOpener(place: Place | undefined): readonly Action[] {
  if (place === undefined || !path.isAbsolute(place.file) || !isText(place.file)) return [];
  return [{ title: 'Open File', run: () => openPlace(place) }];
}

/** Opens a file of the user, with the cursor on its line. */
async function openPlace({ file, line }: Place): Promise<void> {
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  const options = line === undefined ? {} : { selection: new vscode.Range(at, at) };
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), options);
}

/** Bytes at the start of a file that are looked at: a file with a zero among them is binary, as for git. */
const looked = 8000;

function isText(file: string): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    const handle = openSync(file, 'r');
    try {
      const start = Buffer.alloc(looked);
      return !start.subarray(0, readSync(handle, start)).includes(0);
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}
