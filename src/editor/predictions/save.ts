import path from 'node:path';
import * as vscode from 'vscode';
import { fileExists } from '../../foundation/readFiles.ts';
import { formatBrat } from '../../corpus/brat/write.ts';
import { plainDocument } from '../../corpus/document.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { counted } from '../../foundation/numbers.ts';
import { CancelledError, UserError } from '../../foundation/userError.ts';
import { bioLanguage } from '../bio/documentLines.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';

/** `chartmark.savePredictions`: the mentions and relations shown in a note, as brat standoff beside it. */
export function registerSavePredictions(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.savePredictions', async ({ answers, uri }) => {
    const document = await annotatedNote(services, answers?.uri ?? uri);
    const isOwn = services.predictions.get(document.uri)?.origin !== undefined;
    const target = await targetFile(document.uri, answers?.overwrite ?? false, isOwn);
    await saveNote(document);
    // Read after saving: a save may trim blanks, and the spans move along.
    const { spans = [], relations = [], origin = {} } = services.predictions.get(document.uri) ?? {};
    const note = plainDocument(path.basename(document.uri.path), document.getText());
    await writeFileAtomic(target.fsPath, formatBrat({ ...note, ...origin, spans, relations }));
    const shown = vscode.workspace.asRelativePath(target);
    const joined = relations.length === 0 ? '' : ` and ${counted(relations.length, 'relation')}`;
    offer(services.log, 'info', `${counted(spans.length, 'mention')}${joined} saved in ${shown}.`, [
      { title: 'Open', run: () => vscode.window.showTextDocument(target) },
    ]);
    return target;
  });
}

async function annotatedNote(
  { predictions }: Services,
  uri: vscode.Uri | undefined,
): Promise<vscode.TextDocument> {
  const wanted = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (wanted === undefined || predictions.get(wanted) === undefined) {
    throw new UserError('No mentions of a model are shown in this file.', {
      nextStep: 'Run "Chartmark: Annotate Open File" first.',
    });
  }
  const document = await vscode.workspace.openTextDocument(wanted);
  if (document.languageId === bioLanguage) {
    throw new UserError('Predictions for a BIO file are saved as a BIO file.', {
      nextStep: 'Save it with File > Save As...',
    });
  }
  return document;
}

/** Asks before an .ann file is replaced, which may hold a person's work. `isOwn` if its mentions are shown. */
async function targetFile(note: vscode.Uri, overwrite: boolean, isOwn: boolean): Promise<vscode.Uri> {
  const { dir, name } = path.parse(note.path);
  const beside = note.with({ path: path.posix.join(dir, `${name}.ann`) });
  if (note.scheme === 'untitled') return askTarget(undefined);
  if (overwrite || !(await fileExists(beside.fsPath))) return beside;
  const chosen = await vscode.window.showWarningMessage(
    `${path.basename(beside.path)} exists already. Replace it?`,
    {
      modal: true,
      detail: isOwn
        ? 'Its mentions stay unchanged. Its relations between the pairs that the model judged are replaced by those shown.'
        : 'Its annotations will be overwritten.',
    },
    'Replace',
    'Save As...',
  );
  if (chosen === 'Replace') return beside;
  if (chosen === 'Save As...') return askTarget(beside);
  throw new CancelledError();
}

async function askTarget(defaultUri: vscode.Uri | undefined): Promise<vscode.Uri> {
  const target = await vscode.window.showSaveDialog({
    title: 'Save Predictions as Standoff',
    filters: { 'brat standoff': ['ann'] },
    ...(defaultUri === undefined ? {} : { defaultUri }),
  });
  if (target === undefined) throw new CancelledError();
  return target;
}

/** Offsets of standoff are those of the file on disk, so the note is saved with it. */
async function saveNote(document: vscode.TextDocument): Promise<void> {
  if (!document.isDirty || (await document.save())) return;
  throw new UserError(
    'The note could not be saved, and the offsets in the .ann file are those of the saved text.',
    {
      place: { file: document.uri.fsPath },
      nextStep: 'Save it, then save the predictions again.',
    },
  );
}
