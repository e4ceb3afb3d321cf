import path from 'node:path';
import * as vscode from 'vscode';
import { bioToDocument } from '../../corpus/bio/document.ts';
import { formatBio, parseBio } from '../../corpus/bio/file.ts';
import { withSpans } from '../../corpus/bio/withSpans.ts';
import { type Document, plainDocument, type Span } from '../../corpus/document.ts';
import { UserError } from '../../foundation/userError.ts';
import { bioLanguage, noteLanguages } from '../bio/documentLines.ts';
import { readArgument } from '../commandArgument.ts';
import { type Outcome, registerCommand } from '../commandRunner.ts';
import { modelInUse, modelSetting, requireTrust } from '../models.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { knownProject, openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { openUnsaved, unsavedName } from './openUnsaved.ts';
import { retaggedSpans } from './retaggedSpans.ts';
import { tally } from './tally.ts';

interface AnnotateAnswers {
  /** The open file; the active one by default. */
  readonly uri: vscode.Uri;
  /** Model folder. */
  readonly model: string;
}

/** What annotating found. */
interface Annotation {
  /** The document that shows the mentions: the file itself, or the new one beside a BIO file. */
  readonly uri: vscode.Uri;
  readonly model: string;
  readonly mentions: number;
}

/** `chartmark.annotate`: the local model's mentions drawn into the open file. Writes nothing. */
export function registerAnnotate(services: Services): vscode.Disposable {
  return registerCommand(services, 'chartmark.annotate', async (argument) => {
    requireTrust();
    const { answers, uri } = readArgument<AnnotateAnswers>(argument);
    const document = await documentToAnnotate(answers?.uri ?? uri);
    const model = answers?.model ?? (await chosenModel(services, document.uri));
    if (model === undefined) {
      offerTraining(services);
      return undefined;
    }
    return document.languageId === bioLanguage
      ? annotateBio(services, document, model)
      : annotateNote(services, document, model);
  });
}

async function documentToAnnotate(uri: vscode.Uri | undefined): Promise<vscode.TextDocument> {
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

function offerTraining({ log }: Services): void {
  offer(log, 'warning', 'There is no local model yet. Train one first; it takes a few minutes.', [
    {
      title: 'Train Local Model',
      run: () => vscode.commands.executeCommand<Outcome<unknown>>('chartmark.train'),
    },
  ]);
}

async function annotateNote(
  services: Services,
  document: vscode.TextDocument,
  model: string,
): Promise<Annotation> {
  const { uri, version } = document;
  const name = path.basename(uri.path);
  const annotated = await runModel(services, model, plainDocument(name, document.getText()), name);
  if (document.isClosed || document.version !== version) {
    throw new UserError('The file was changed while the model read it.', {
      place: { file: uri.fsPath },
      nextStep: 'Annotate it again.',
    });
  }
  services.predictions.set(uri, { model, spans: annotated.spans });
  offer(services.log, 'info', resultMessage(name, model, annotated.spans), [
    ...(annotated.spans.length === 0
      ? []
      : [
          {
            title: 'Save as .ann',
            run: () => vscode.commands.executeCommand('chartmark.savePredictions', { uri }),
          },
        ]),
    { title: 'Hide', run: () => services.predictions.clear(uri) },
  ]);
  return { uri, model, mentions: annotated.spans.length };
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
    spans: retaggedSpans(annotated, parseBio(shown.getText(), { format: file.format })),
  });
  await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  offer(services.log, 'info', `${resultMessage(name, model, annotated.spans)} Nothing is saved yet.`, [
    { title: 'Save', run: () => vscode.workspace.save(shown.uri) },
  ]);
  return { uri: shown.uri, model, mentions: annotated.spans.length };
}

async function runModel(
  { worker }: Services,
  model: string,
  document: Document,
  name: string,
): Promise<Document> {
  const title = `Annotating ${name} with ${path.basename(model)}`;
  const [annotated] = await withProgress(title, (signal, report) =>
    worker.annotate(
      { model, documents: [document] },
      { signal, onProgress: ({ fraction }) => report(`${Math.round(fraction * 100)} %`, fraction) },
    ),
  );
  if (annotated === undefined) throw new Error('The model process gave no document back.');
  return annotated;
}

function resultMessage(name: string, model: string, spans: readonly Span[]): string {
  const from = `(model ${path.basename(model)})`;
  return spans.length === 0
    ? `No mention found in ${name} ${from}.`
    : `${tally(spans)} in ${name} ${from}. Hover to see scores.`;
}
