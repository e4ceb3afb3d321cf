import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Report } from '../../evaluation/report.ts';
import { symmetricNames } from '../../project/relationSchema.ts';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { percent } from '../../foundation/numbers.ts';
import { UserError } from '../../foundation/userError.ts';
import { askOne, askSome, type Choice } from '../ask.ts';
import { annotatedFiles } from '../dataFiles.ts';
import { freeName } from '../generate/runName.ts';
import { localModels, modelInUse, requireTrust } from '../models.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject, type OpenProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { taskFor } from '../train/taskOf.ts';
import { goldCandidates, predictionCandidates } from './evaluationFiles.ts';
import type { ReportPanels } from './reportPanels.ts';
import { type Predictor, scoreMentions, scoreRelations } from './score.ts';

interface EvaluateAnswers {
  readonly gold: string;
  /** A file of predictions. */
  readonly predicted: string;
  /** A model folder, when there is no file. */
  readonly model: string;
  /** What is scored in documents that state relations between their mentions; the mentions by default. */
  readonly task: 'ner' | 're';
  /** The types that count; those of the gold file by default. */
  readonly labels: readonly string[];
}

interface Evaluation {
  readonly file: string;
  readonly report: Report;
}

const title = 'Evaluate';

/** `chartmark.evaluate`: scores of a model or of a file against gold annotations, as a report. */
export function registerEvaluate(services: Services, panels: ReportPanels): vscode.Disposable {
  return services.commands.register('chartmark.evaluate', async ({ answers, uri }): Promise<Evaluation> => {
    const place = await openProject(services.projects);
    const ask = answers === undefined;
    const annotated = await annotatedFiles(place);
    const gold = answers?.gold ?? uri?.fsPath ?? (await goldFile(place, annotated, ask));
    const task = await taskFor([gold], async () => answers?.task ?? (ask ? askTask() : 'ner'));
    const predictor = given(answers) ?? (await predictorFor(place, annotated, { gold, task, ask }));
    if (predictor.kind === 'model') requireTrust();
    const name = await reportName(place, gold, predictor);
    const created = new Date().toISOString();
    const report = await withProgress(`Evaluating on ${path.basename(gold)}`, (signal, progress) => {
      const request = {
        gold,
        predictor,
        folder: place.folder,
        symmetric: symmetricNames(place.project),
        created,
        title: name,
        signal,
        onProgress: (fraction: number) => progress(`${Math.round(fraction * 100)} % read`, fraction),
        chooseLabels: async (inGold: readonly string[], extra: readonly string[]) =>
          answers?.labels ?? (ask ? askLabels(inGold, extra) : inGold),
      };
      return task === 're'
        ? scoreRelations(services.worker, request)
        : scoreMentions(services.worker, request);
    });
    const file = path.join(place.reports, `${name}.json`);
    await writeFileAtomic(file, `${JSON.stringify(report, undefined, 2)}\n`);
    await panels.show(file);
    showResult(services, file, report);
    return { file, report };
  });
}

function given(answers: Partial<EvaluateAnswers> | undefined): Predictor | undefined {
  if (answers?.predicted !== undefined) return { kind: 'file', file: answers.predicted };
  return answers?.model === undefined ? undefined : { kind: 'model', folder: answers.model };
}

async function goldFile(place: OpenProject, annotated: readonly string[], ask: boolean): Promise<string> {
  const active = vscode.window.activeTextEditor?.document;
  const activeFile =
    active?.languageId === 'bio' && active.uri.scheme === 'file' ? active.uri.fsPath : undefined;
  const candidates = goldCandidates(annotated, activeFile);
  const [first] = candidates;
  if (first === undefined) {
    throw new UserError('There is no annotated file to score against.', {
      nextStep: 'Put a BIO, JSONL or .ann file with correct annotations into the folder.',
    });
  }
  if (!ask) return first;
  const choices = candidates.map((file) => fileChoice(file, file, place));
  return askOne(`${title} (1/2)`, 'Which file has the correct annotations (gold)?', choices);
}

async function predictorFor(
  place: OpenProject,
  annotated: readonly string[],
  { gold, task, ask }: { readonly gold: string; readonly task: 'ner' | 're'; readonly ask: boolean },
): Promise<Predictor> {
  const used = await modelInUse(place, task);
  const others = (await localModels(place.models))
    .filter(({ folder, info, runs }) => runs && folder !== used && (info?.task ?? 'ner') === task)
    .map(({ folder }) => folder);
  const models = (used === undefined ? others : [used, ...others]).map((folder): Choice<Predictor> => ({
    label: path.basename(folder),
    description: 'run this local model on the file',
    value: { kind: 'model', folder },
  }));
  const files = predictionCandidates(annotated, gold).map((file): Choice<Predictor> =>
    fileChoice(file, { kind: 'file', file }, place),
  );
  const [first] = [...models, ...files];
  if (first === undefined) {
    throw new UserError('There is nothing to score: no local model and no file of predictions.', {
      nextStep: 'Run "Chartmark: Train Local Model" first.',
    });
  }
  return ask ? askOne(`${title} (2/2)`, 'What should be scored?', [...models, ...files]) : first.value;
}

function askTask(): Promise<'ner' | 're'> {
  return askOne(title, 'What should be scored? The gold file holds both.', [
    { label: 'Mentions', value: 'ner' as const },
    { label: 'Relations', description: 'between the mentions of the gold file', value: 're' as const },
  ]);
}

/** A model may know types that the gold data was never annotated with: each of their mentions would be an error. */
function askLabels(inGold: readonly string[], extra: readonly string[]): Promise<readonly string[]> {
  return askSome(`${title} (3/3)`, 'Which types count? Some are predicted that the gold file never marks.', [
    ...inGold.map((label) => ({ label, description: 'in the gold file', picked: true, value: label })),
    ...extra.map((label) => ({ label, description: 'predicted only', value: label })),
  ]);
}

function fileChoice<T>(file: string, value: T, { folder }: OpenProject): Choice<T> {
  return { label: path.basename(file), description: path.relative(folder, path.dirname(file)), value };
}

/** `gold-local`: what was scored on what, with a number when there is such a report. */
async function reportName(place: OpenProject, gold: string, predictor: Predictor): Promise<string> {
  const by = predictor.kind === 'model' ? path.basename(predictor.folder) : stem(predictor.file);
  const taken = await readdir(place.reports).catch(() => []);
  return freeName(`${stem(gold)}-${by}`, new Set(taken.map(stem)));
}

function stem(file: string): string {
  return path.basename(file, path.extname(file));
}

function showResult({ log }: Services, file: string, { micro }: Report): void {
  const scores = `precision ${percent(micro.precision)}, recall ${percent(micro.recall)}, F1 ${percent(micro.f1)}`;
  const shown = vscode.workspace.asRelativePath(file);
  offer(log, 'info', `Scored: ${scores}. Saved in ${shown}.`, [
    { title: 'Open JSON', run: () => vscode.window.showTextDocument(vscode.Uri.file(file)) },
  ]);
}
