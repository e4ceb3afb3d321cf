import path from 'node:path';
import * as vscode from 'vscode';
import { bioToDocument } from '../../corpus/bio/document.ts';
import { formatBio, parseBio } from '../../corpus/bio/file.ts';
import { spansInFile, withSpans } from '../../corpus/bio/withSpans.ts';
import { UserError } from '../../foundation/userError.ts';
import { modelInUse } from '../../tasks/models.ts';
import { bioLanguage, layoutFor, noteLanguages } from '../bio/documentLines.ts';
import type { Annotation, Answers } from '../commandTable.ts';
import { modelSelection } from '../modelSelection.ts';
import { requireTrust } from '../trust.ts';
import { offer } from '../offer.ts';
import { knownProject, openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { annotateNote } from './annotateNote.ts';
import { openUnsaved, unsavedName } from './openUnsaved.ts';
import { foundMessage, runModels } from './runModels.ts';

/** `chartmark.annotate`: the mentions and relations that local models find, shown in the open file. Writes nothing. */
export function registerAnnotate(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.annotate', ({ answers, uri }) =>
    annotateOpenFile(services, { answers, uri }),
  );
}

/** Undefined if there is no model; the user has been told so. Throws `UserError`, `CancelledError`. */
async function annotateOpenFile(
  services: Services,
  {
    answers,
    uri,
  }: { readonly answers?: Answers<'chartmark.annotate'> | undefined; readonly uri?: vscode.Uri | undefined },
): Promise<Annotation | undefined> {
  requireTrust();
  const document = await documentToAnnotate(answers?.uri ?? uri);
  const isKnown = knownProject(services.projects, document.uri) !== undefined;
  const place = isKnown ? await openProject(services.projects, document.uri) : undefined;
  const selection = modelSelection(place);
  const annotation =
    document.languageId === bioLanguage
      ? await annotateBio(services, document, answers?.model ?? (await modelInUse(selection)))
      : await annotateNote(services, document, { ...selection, answers });
  if (annotation === undefined) {
    const message = 'There is no local model yet. Train one first; it takes a few minutes.';
    offer(services.log, 'warning', message, [
      { title: 'Train Local Model', run: () => services.commands.start('chartmark.train') },
    ]);
  }
  return annotation;
}

/** The open file that is meant, in an editor. Throws `UserError` if it cannot be annotated. */
export async function documentToAnnotate(uri: vscode.Uri | undefined): Promise<vscode.TextDocument> {
  const document =
    uri === undefined
      ? vscode.window.activeTextEditor?.document
      : (await vscode.window.showTextDocument(uri)).document;
  if (document === undefined) {
    throw new UserError('No file is open.', { nextStep: 'Open a note (.txt) or a BIO file first.' });
  }
  if (![bioLanguage, ...noteLanguages].includes(document.languageId)) {
    throw new UserError(`Files of the language "${document.languageId}" cannot be annotated.`, {
      nextStep: 'Open a .txt, Markdown or BIO file.',
    });
  }
  return document;
}

/** A BIO file keeps its own tags: those of the model are in a new file beside it, with the same tokens and lines. */
async function annotateBio(
  services: Services,
  document: vscode.TextDocument,
  model: string | undefined,
): Promise<Annotation | undefined> {
  if (model === undefined) return undefined;
  const name = path.basename(document.uri.path);
  const layout = layoutFor(document.uri, services.projects);
  const file = parseBio(document.getText(), { file: document.uri.fsPath, layout });
  const projectFolder = path.dirname(document.uri.fsPath);
  const annotated = await runModels(services, bioToDocument(file, name), { mentions: model, projectFolder });
  const tagged = withSpans(file, annotated);
  const shown = await openUnsaved(unsavedName(document.uri, path.basename(model)), formatBio(tagged));
  services.predictions.set(shown.uri, {
    model,
    spans: spansInFile(annotated, parseBio(shown.getText(), { format: tagged.format })),
  });
  await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  offer(services.log, 'info', `${foundMessage(annotated, [model])} Nothing is saved yet.`, [
    { title: 'Save', run: () => vscode.workspace.save(shown.uri) },
  ]);
  return { uri: shown.uri, model, mentions: annotated.spans.length, relations: 0 };
}
