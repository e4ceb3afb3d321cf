import path from 'node:path';
import * as vscode from 'vscode';
import { counted } from '../../foundation/numbers.ts';
import { describeAsking } from '../../generation/run/describeProgress.ts';
import { UserError } from '../../foundation/userError.ts';
import { askOne } from '../ask.ts';
import { showDestination } from '../sending/destinationStatus.ts';
import { endpointOf } from '../sending/endpoint.ts';
import { createProvider, type ProviderKind } from '../generate/providers.ts';
import { offer } from '../offer.ts';
import { documentToAnnotate } from '../predictions/annotate.ts';
import { countByType } from '../../annotation/describeMentions.ts';
import { withProgress } from '../progress.ts';
import { knownProject, openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import type { Provider } from '../../llm/provider.ts';
import { askToSendText } from './askToSendText.ts';
import { registerFindIdentifiers } from './findIdentifiers.ts';
import { createIdentifierMarks, type IdentifierMarks, stopForIdentifiers } from './identifiers.ts';
import { showExtracted } from './showExtracted.ts';
import { readSubject, type Subject } from './subject.ts';

interface ExtractAnswers {
  /** The open file; the active one by default. */
  readonly uri: vscode.Uri;
  /** Who is asked: the endpoint of settings and project by default. */
  readonly provider: Exclude<ProviderKind, 'offline'>;
  /** Mentions by default; relations join those that a note has. */
  readonly task: 'ner' | 're';
}

const title = 'Extract with LLM';

/**
 * `chartmark.extract`: a language model asked for the mentions or relations of the open file, shown in it.
 * Sends the text, after the user has agreed to that very sending. Writes nothing into the workspace.
 */
export function registerExtract(services: Services): vscode.Disposable {
  const marks = createIdentifierMarks();
  return vscode.Disposable.from(
    marks,
    registerFindIdentifiers(services, marks),
    services.commands.register('chartmark.extract', async ({ answers, uri }) => {
      if (!vscode.workspace.isTrusted) throw notTrusted();
      const file = await documentToAnnotate(answers?.uri ?? uri);
      const subject = await readSubject(file, services.predictions);
      const wish =
        answers === undefined
          ? { task: await askTask(subject), provider: await askProvider(services, file.uri) }
          : { task: answers.task ?? 'ner', provider: answers.provider ?? 'openai' };
      return extractFrom(services, marks, subject, wish);
    }),
  );
}

async function askTask({ bio, document }: Subject): Promise<'ner' | 're'> {
  if (bio !== undefined || document.spans.length < 2) return 'ner';
  return askOne(title, 'What shall the language model find?', [
    { label: 'Mentions', detail: 'In place of those that are shown.', value: 'ner' },
    { label: 'Relations', detail: 'Between the mentions that the note has.', value: 're' },
  ] as const);
}

async function askProvider({ projects }: Services, uri: vscode.Uri): Promise<ExtractAnswers['provider']> {
  const { host, model } = endpointOf(projects.current(uri));
  return askOne<ExtractAnswers['provider']>(
    title,
    'Which language model is asked? The text is sent to it after you agree.',
    [
      { label: 'OpenAI-compatible endpoint', description: `${model} at ${host}`, value: 'openai' },
      {
        label: 'Language model of the editor',
        description: 'from an extension, such as GitHub Copilot',
        value: 'editor',
      },
    ],
  );
}

async function extractFrom(
  services: Services,
  marks: IdentifierMarks,
  subject: Subject,
  { task, provider: kind }: Pick<ExtractAnswers, 'task' | 'provider'>,
) {
  const { file, name, document } = subject;
  const { version } = file;
  const hasFolder = knownProject(services.projects, file.uri) !== undefined;
  const project = hasFolder
    ? (await openProject(services.projects, file.uri)).project
    : services.projects.current(file.uri);
  const [
    { mentionQuestions, relationQuestions },
    { labelsToExtract },
    { describeExtraction, estimateExtract, extract },
    { requirePrice },
  ] = await Promise.all([
    import('../../questions/extract/documentQuestions.ts'),
    import('../../questions/extract/extractLabels.ts'),
    import('../../questions/extract/extract.ts'),
    import('../../llm/cost/requirePrice.ts'),
  ]);
  const inquiry = task === 'ner' ? mentionQuestions(document) : relationQuestions(document, project);
  const { questions } = inquiry;
  if (questions.length === 0) throw nothingToAsk(file.uri, task);
  let { maxCostUsd } = project.generation;
  const options = { task, project, labels: labelsToExtract(project), questions };
  // The same questions to the same model are the same run: what was paid for is not asked again.
  const folderOf = (asked: Provider): string =>
    path.join(services.storage.fsPath, describeExtraction({ ...options, provider: asked }).run);

  const found = await marks.mark(subject);
  const provider = await createProvider(services, { provider: kind }, project, async (asked) => {
    // A limit that cannot be kept is told before anybody agrees to anything.
    requirePrice(asked, project.generation.prices, maxCostUsd);
    await stopForIdentifiers(found, subject, asked.destination);
    const run = { ...options, provider: asked, out: folderOf(asked), resume: true };
    const estimate = await estimateExtract(run);
    const asking = { provider: asked, name, questions: questions.length, task, estimate, maxCostUsd };
    maxCostUsd = await askToSendText(asking);
  });
  const { destination, model } = provider;
  const status = showDestination(destination, model, 'texts');
  try {
    const { answers, unanswered } = await withProgress(`Asking ${model} about ${name}`, (signal, report) =>
      extract(
        {
          ...options,
          provider,
          out: folderOf(provider),
          resume: true,
          ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
        },
        {
          signal,
          onProgress: ({ done, total, trouble }) =>
            report(describeAsking(`${done} of ${total}`, { trouble }), done / total),
        },
      ),
    );
    const extracted = inquiry.answered(answers);
    const from = `${model} at ${destination.host}`;
    const uri = await showExtracted(subject, version, extracted, {
      predictions: services.predictions,
      model: from,
    });
    const { spans, relations } = extracted;
    const what = task === 'ner' ? countByType(spans) : counted(relations.length, 'relation');
    tell(services, subject, uri, [
      `${spans.length === 0 ? 'No mention found' : what} in ${name} (${from}).`,
      unanswered === 0 ? '' : ` ${unanswered} of ${questions.length} had no usable answer.`,
    ]);
    return { uri, model: from, mentions: spans.length, relations: relations.length, unanswered };
  } finally {
    status.dispose();
  }
}

/** Says what was found; mentions in a note can be saved beside it. */
function tell({ log }: Services, { bio }: Subject, uri: vscode.Uri, words: readonly string[]): void {
  const save = {
    title: 'Save as .ann',
    run: () => vscode.commands.executeCommand('chartmark.savePredictions', { uri }),
  };
  offer(log, 'info', words.join(''), bio === undefined ? [save] : []);
}

function notTrusted(): UserError {
  return new UserError('This workspace is not trusted, so none of its texts is sent anywhere.', {
    nextStep: 'Run "Workspaces: Manage Workspace Trust" when you trust its author.',
  });
}

function nothingToAsk({ fsPath }: vscode.Uri, task: 'ner' | 're'): UserError {
  return task === 'ner'
    ? new UserError('The file holds no text.', {
        place: { file: fsPath },
        nextStep: 'Write or open another one.',
      })
    : new UserError('The note has no two mentions that a relation of the project could join.', {
        place: { file: fsPath },
        nextStep: 'Annotate it or extract its mentions first.',
      });
}
