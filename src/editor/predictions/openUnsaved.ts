import path from 'node:path';
import * as vscode from 'vscode';
import { fileExists } from '../../foundation/readFiles.ts';
import { bioLanguage } from '../bio/documentLines.ts';

/** Where the predictions for a file would be saved: `notes.bio` by the model `local` in `notes.local.bio`. */
export function unsavedName(file: vscode.Uri, model: string): vscode.Uri | undefined {
  if (file.scheme !== 'file') return undefined;
  const { dir, name, ext } = path.posix.parse(file.path);
  return file.with({ scheme: 'untitled', path: path.posix.join(dir, `${name}.${model}${ext}`) });
}

/**
 * Opens a document with this content that is on no disk until the user saves it, under `name` where that is
 * still free. The same name again takes the place of what it showed.
 */
export async function openUnsaved(
  name: vscode.Uri | undefined,
  content: string,
): Promise<vscode.TextDocument> {
  if (name === undefined || (await fileExists(name.with({ scheme: 'file' }).fsPath))) {
    return vscode.workspace.openTextDocument({ language: bioLanguage, content });
  }
  const document = await vscode.workspace.openTextDocument(name);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), content);
  await vscode.workspace.applyEdit(edit);
  return document.languageId === bioLanguage
    ? document
    : vscode.languages.setTextDocumentLanguage(document, bioLanguage);
}
