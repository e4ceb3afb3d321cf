import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Place } from '../foundation/userError.ts';
import type { Action } from './offer.ts';

/** The action that opens the place of a failure. Empty if the file does not exist. */
export function placeOpener(place: Place | undefined): readonly Action[] {
  if (place === undefined || !path.isAbsolute(place.file) || !existsSync(place.file)) return [];
  return [{ title: 'Open File', run: () => openPlace(place) }];
}

/** Opens a file of the user, with the cursor on its line. */
async function openPlace({ file, line }: Place): Promise<void> {
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  const options = line === undefined ? {} : { selection: new vscode.Range(at, at) };
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), options);
}
