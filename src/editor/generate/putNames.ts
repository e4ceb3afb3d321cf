import * as vscode from 'vscode';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { isJsonObject, type JsonObject } from '../../foundation/json.ts';
import { UserError } from '../../foundation/userError.ts';
import { projectFile } from '../projects.ts';

/**
 * Adds the names of `document`, as they are now, to the "seeds" of the project in `folder`, and shows them there. Throws
 * `UserError` when one of the two cannot be read.
 */
export async function putNamesIntoProject(document: vscode.TextDocument, folder: string): Promise<void> {
  const { seeds } = parse(document.getText(), 'The document with the names');
  if (!isJsonObject(seeds)) throw unreadable('The document with the names');
  const { uri, exists } = projectFile(vscode.Uri.file(folder));
  if (!exists) await writeFileAtomic(uri.fsPath, '{}\n');
  const file = await vscode.workspace.openTextDocument(uri);
  const project = parse(file.getText(), 'chartmark.json');
  const merged = { ...project, seeds: withNames(project['seeds'], seeds) };
  const wasDirty = file.isDirty;
  const edit = new vscode.WorkspaceEdit();
  const everything = new vscode.Range(0, 0, file.lineCount, 0);
  edit.replace(uri, everything, `${JSON.stringify(merged, undefined, 2)}\n`);
  await vscode.workspace.applyEdit(edit);
  // What else the user has changed there is theirs to save.
  if (!wasDirty && !(await file.save())) throw notSaved(uri);
  const editor = await vscode.window.showTextDocument(file);
  const at = file.positionAt(Math.max(0, file.getText().indexOf('"seeds"')));
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
}

/** Those that were there first, each once. */
function withNames(before: unknown, added: JsonObject): JsonObject {
  const known = isJsonObject(before) ? before : {};
  const merged = Object.entries(added).map(([type, names]) => {
    const own = known[type];
    const both = [...(Array.isArray(own) ? own : []), ...(Array.isArray(names) ? names : [])];
    return [type, [...new Set(both)]] as const;
  });
  return { ...known, ...Object.fromEntries(merged) };
}

function parse(text: string, what: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // The sentence below says it.
  }
  throw unreadable(what);
}

function notSaved(uri: vscode.Uri): UserError {
  return new UserError('The names are in the editor, but could not be saved: the file has changed on disk.', {
    place: { file: uri.fsPath },
    nextStep: 'Compare and save it.',
  });
}

function unreadable(what: string): UserError {
  return new UserError(`${what} cannot be read: it is no JSON object.`, {
    nextStep: 'Correct it, or collect the names anew.',
  });
}
