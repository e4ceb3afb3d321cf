import path from 'node:path';
import * as vscode from 'vscode';
import type { Document } from '../../corpus/document.ts';
import { counted } from '../../foundation/numbers.ts';
import type { Project } from '../../project/project.ts';
import type { Extracted } from '../../tasks/extract.ts';
import { askOne } from '../ask.ts';
import { askProvider } from '../generate/askProvider.ts';
import { offer } from '../offer.ts';
import { documentToAnnotate } from '../predictions/annotate.ts';
import { countByType } from '../../annotation/describeMentions.ts';
import { knownProject, openProject } from '../projects.ts';
import { askConsent } from '../sending/askConsent.ts';
import { chooseModel, type ModelKind } from '../sending/chooseModel.ts';
import { requireTrustToSend } from '../trust.ts';
import { withQueryProgress } from '../sending/queryProgress.ts';
import type { Services } from '../services.ts';
import { createIdentifierMarks, type IdentifierMarks, registerFindIdentifiers } from './findIdentifiers.ts';
import { showExtracted } from './showExtracted.ts';
import { readSubject, type Subject } from './subject.ts';

const title = 'Extract with LLM';

/**
 * `chartmark.extract`: the mentions or relations of the open file as a language model finds them, shown in the file.
 * Sends the text after the user has agreed. Writes nothing into the workspace.
 */
export function registerExtract(services: Services): vscode.Disposable {
  const marks = createIdentifierMarks();
  return vscode.Disposable.from(
    marks,
    registerFindIdentifiers(services, marks),
    services.commands.register('chartmark.extract', async ({ answers, uri }) => {
      requireTrustToSend();
      const file = await documentToAnnotate(answers?.uri ?? uri);
      const subject = await readSubject(file, services);
      const project = await projectOf(services, file.uri);
      const task = answers === undefined ? await askTask(subject) : (answers.task ?? 'ner');
      const kind = answers === undefined ? await askModel(project) : (answers.provider ?? 'openai');
      return extractFrom(services, marks, { subject, project, task, kind });
    }),
  );
}

/** Works without a folder too, on defaults. */
async function projectOf({ projects }: Services, uri: vscode.Uri): Promise<Project> {
  return knownProject(projects, uri) === undefined
    ? projects.current(uri)
    : (await openProject(projects, uri)).project;
}

async function askTask({ bio, document }: Subject): Promise<'ner' | 're'> {
  if (bio !== undefined || document.spans.length < 2) return 'ner';
  return askOne(title, 'What should the language model find?', [
    { label: 'Mentions', detail: 'They replace the mentions that are shown.', value: 'ner' },
    { label: 'Relations', detail: 'Between the mentions of the note.', value: 're' },
  ] as const);
}

function askModel(project: Project): Promise<ModelKind> {
  return askProvider(
    { project },
    { title, placeHolder: 'Which language model?', offline: false, sends: 'The words of the text' },
  );
}

interface Wish {
  readonly subject: Subject;
  readonly project: Project;
  readonly task: 'ner' | 're';
  readonly kind: ModelKind;
}

async function extractFrom(
  services: Services,
  marks: IdentifierMarks,
  { subject, project, task, kind }: Wish,
) {
  const { file, name, document } = subject;
  const { version } = file;
  const [{ documentSubject, prepareExtract }, { rangeInFile }] = await Promise.all([
    import('../../tasks/extract.ts'),
    import('../../tasks/findIdentifiers.ts'),
  ]);
  const lineAt = (offset: number): number =>
    file.positionAt(rangeInFile(subject, { start: offset, end: offset + 1 }).start).line + 1;
  const located = { file: file.uri.fsPath, text: document.text, lineAt };
  const model = await chooseModel(services, kind, { project });
  const { disclosure, start } = await prepareExtract({
    task,
    project,
    model,
    subject: documentSubject(document, { task, project, located }),
    folderOf: (run) => path.join(services.storage.fsPath, run),
    resume: true,
  });
  const listsProblems = (await marks.mark(subject)).size > 0;
  const consent = await askConsent(disclosure, { what: `the text of ${name}`, listsProblems });
  const extracted = await withQueryProgress(`Extracting from ${name}`, model.info, (hooks) =>
    start(consent, hooks),
  );
  const { found, unanswered } = extracted;
  const from = `${model.info.model} at ${model.info.destination.host}`;
  const { predictions } = services;
  const uri = await showExtracted(subject, version, found, { predictions, model: from });
  offerToSave(services, subject, uri, describeExtracted(extracted, task, `${name} (${from})`));
  const { spans, relations } = found;
  return { uri, model: from, mentions: spans.length, relations: relations.length, unanswered };
}

function describeExtracted(
  { found, questions, unanswered }: Extracted<Document>,
  task: 'ner' | 're',
  where: string,
): string {
  const { spans, relations } = found;
  const what = task === 'ner' ? countByType(spans) : counted(relations.length, 'relation');
  return [
    `${spans.length === 0 ? 'No mention found' : what} in ${where}.`,
    ...(unanswered === 0 ? [] : [`There was no usable answer for ${unanswered} of ${questions}.`]),
  ].join(' ');
}

/** Mentions in a note can be saved beside it. */
function offerToSave({ log, commands }: Services, { bio }: Subject, uri: vscode.Uri, message: string): void {
  const save = { title: 'Save as .ann', run: () => commands.start('chartmark.savePredictions', { uri }) };
  offer(log, 'info', message, bio === undefined ? [save] : []);
}
