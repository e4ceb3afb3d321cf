import * as vscode from 'vscode';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { UserError } from '../../foundation/userError.ts';
import { readTopics, topicEdits } from '../../project/editProject.ts';
import { projectFile } from '../projects.ts';

/**
 * Adds the topics in `document`, as they are now, to the project in `folder`, and shows them there. Throws `UserError`
 * if one of the two cannot be read.
 */
export async function addTopics(document: vscode.TextDocument, folder: string): Promise<void> {
  const topics = readTopics(document.getText(), document.fileName);
  const { uri, exists } = projectFile(vscode.Uri.file(folder));
  if (!exists) await writeFileAtomic(uri.fsPath, '{}\n');
  const file = await vscode.workspace.openTextDocument(uri);
  const wasDirty = file.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, content } of topicEdits(file.getText(), uri.fsPath, topics)) {
    const range = new vscode.Range(file.positionAt(offset), file.positionAt(offset + length));
    edit.replace(uri, range, content);
  }
  await vscode.workspace.applyEdit(edit);
  // If the user has changed something else there, saving it is up to them.
  if (!wasDirty && !(await file.save())) throw notSaved(uri);
  const editor = await vscode.window.showTextDocument(file);
  const at = file.positionAt(Math.max(0, file.getText().search(/"(?:topics|seeds)"/u)));
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.AtTop);
}

function notSaved(uri: vscode.Uri): UserError {
  return new UserError(
    'The topics were added but could not be saved, because the file has changed on disk.',
    {
      place: { file: uri.fsPath },
      nextStep: 'Compare the two versions and save the file.',
    },
  );
}
