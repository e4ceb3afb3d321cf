import path from 'node:path';
import * as vscode from 'vscode';
import { bioToDocument } from '../../corpus/bio/document.ts';
import { formatBio, parseBio } from '../../corpus/bio/file.ts';
import { spansInFile, withSpans } from '../../corpus/bio/withSpans.ts';
import type { Span } from '../../corpus/document.ts';
import { UserError } from '../../foundation/userError.ts';
import { bioLanguage, noteLanguages } from '../bio/documentLines.ts';
import type { Outcome } from '../commands.ts';
import { modelInUse, modelSetting, requireTrust } from '../models.ts';
import { offer } from '../offer.ts';
import { knownProject, openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { type Annotation, annotateNote } from './annotateNote.ts';
import { noteModels } from './noteModels.ts';
import { openUnsaved, unsavedName } from './openUnsaved.ts';
import { runModel } from './runModel.ts';
import { standoffBeside } from './standoffBeside.ts';
import { countByType } from '../../annotation/describeMentions.ts';

/** `chartmark.annotate`: the local models' mentions and relations shown in the open file. Writes nothing. */
export function registerAnnotate(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.annotate', async ({ answers, uri }) => {
    requireTrust();
    const document = await documentToAnnotate(answers?.uri ?? uri);
    if (document.languageId === bioLanguage) {
      const model = answers?.model ?? (await chosenModel(services, document.uri));
      return model === undefined ? offerTraining(services) : annotateBio(services, document, model);
    }
    const models = await noteModels(services, document.uri, {
      model: answers?.model,
      mentions: answers?.mentions,
      ask: answers === undefined,
      readStandoff: () => standoffBeside(document, path.basename(document.uri.path)),
    });
    return models === undefined ? offerTraining(services) : annotateNote(services, document, models);
  });
}

/** The open file that is meant, in an editor. Throws `UserError` when it is none that can be annotated. */
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

/** Works without an open folder too, when the setting names a model. */
async function chosenModel(services: Services, uri: vscode.Uri): Promise<string | undefined> {
  if (knownProject(services.projects, uri) === undefined) {
    const setting = modelSetting();
    return path.isAbsolute(setting) ? setting : undefined;
  }
  return modelInUse(await openProject(services.projects, uri));
}

function offerTraining({ log }: Services): undefined {
  offer(log, 'warning', 'There is no local model yet. Train one first; it takes a few minutes.', [
    {
      title: 'Train Local Model',
      run: () => vscode.commands.executeCommand<Outcome<unknown>>('chartmark.train'),
    },
  ]);
}

/** A BIO file keeps its own tags: the model's stand in a new file beside it, with the same tokens and lines. */
async function annotateBio(
  services: Services,
  document: vscode.TextDocument,
  model: string,
): Promise<Annotation> {
  const name = path.basename(document.uri.path);
  const file = parseBio(document.getText(), { file: document.uri.fsPath });
  const annotated = await runModel(services, model, bioToDocument(file, name), name);
  const shown = await openUnsaved(
    unsavedName(document.uri, path.basename(model)),
    formatBio(withSpans(file, annotated)),
  );
  services.predictions.set(shown.uri, {
    model,
    spans: spansInFile(annotated, parseBio(shown.getText(), { format: file.format })),
  });
  await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  offer(services.log, 'info', `${resultMessage(name, model, annotated.spans)} Nothing is saved yet.`, [
    { title: 'Save', run: () => vscode.workspace.save(shown.uri) },
  ]);
  return { uri: shown.uri, model, mentions: annotated.spans.length, relations: 0 };
}

function resultMessage(name: string, model: string, spans: readonly Span[]): string {
  const from = `(model ${path.basename(model)})`;
  return spans.length === 0
    ? `No mention found in ${name} ${from}.`
    : `${countByType(spans)} in ${name} ${from}. Hover to see scores.`;
}
