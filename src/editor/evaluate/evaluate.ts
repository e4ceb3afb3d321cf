import path from 'node:path';
import * as vscode from 'vscode';
import { percent } from '../../foundation/numbers.ts';
import type { Report } from '../../evaluation/report.ts';
import { UserError } from '../../foundation/userError.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { evaluatePredictions, type Predictor } from '../../tasks/evaluate.ts';
import { goldCandidates, predictorCandidates, reportName } from '../../tasks/evaluationChoices.ts';
import { taskFor } from '../../tasks/fileTask.ts';
import { writeReport } from '../../tasks/reports.ts';
import { askOne, askSome, type Choice } from '../ask.ts';
import type { Answers, Evaluation } from '../commandTable.ts';
import { annotatedFiles } from '../findFiles.ts';
import { modelSelection } from '../modelSelection.ts';
import { requireTrust } from '../trust.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import type { ReportPanels } from './reportPanels.ts';

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
    const name = await reportName(place.reports, gold, predictor);
    const report = await withProgress(`Evaluating on ${path.basename(gold)}`, (signal, progress) =>
      evaluatePredictions(
        {
          task,
          gold: [gold],
          predictor,
          labels: answers?.labels,
          projectFolder: place.folder,
          title: name,
          created: new Date().toISOString(),
          shownPath: (file) => path.relative(place.folder, file).replaceAll(path.sep, '/'),
        },
        {
          worker: services.worker,
          signal,
          onProgress: (fraction) => progress(`${Math.round(fraction * 100)} % read`, fraction),
          chooseLabels: async (inGold, extra) => (ask ? askLabels(inGold, extra) : inGold),
        },
      ),
    );
    const file = path.join(place.reports, `${name}.json`);
    await writeReport(file, report);
    await panels.show(file);
    showResult(services, file, report);
    return { file, report };
  });
}

function given(answers: Answers<'chartmark.evaluate'> | undefined): Predictor | undefined {
  if (answers?.predicted !== undefined) return { kind: 'files', files: [answers.predicted] };
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
  const selection = { ...modelSelection(place), place };
  const candidates = await predictorCandidates(selection, { annotated, gold, task });
  const [first] = candidates;
  if (first === undefined) {
    throw new UserError(
      'There is nothing to score, because there is no local model and no file with predictions.',
      {
        nextStep: 'Run "Chartmark: Train Local Model" first.',
      },
    );
  }
  if (!ask) return first;
  const choices = candidates.map((predictor): Choice<Predictor> =>
    predictor.kind === 'files'
      ? fileChoice(predictor.files.join(), predictor, place)
      : {
          label: path.basename(predictor.folder),
          description: 'run this local model on the file',
          value: predictor,
        },
  );
  return askOne(`${title} (2/2)`, 'What should be scored?', choices);
}

function askTask(): Promise<'ner' | 're'> {
  return askOne(title, 'What should be scored? The gold file contains both.', [
    { label: 'Mentions', value: 'ner' as const },
    { label: 'Relations', description: 'between the mentions of the gold file', value: 're' as const },
  ]);
}

/** A model may know types that the gold data was never annotated with: each of their mentions would be an error. */
function askLabels(inGold: readonly string[], extra: readonly string[]): Promise<readonly string[]> {
  return askSome(
    `${title} (3/3)`,
    'Which types should be scored? Some predicted types do not occur in the gold file.',
    [
      ...inGold.map((label) => ({ label, description: 'in the gold file', picked: true, value: label })),
      ...extra.map((label) => ({ label, description: 'predicted only', value: label })),
    ],
  );
}

function fileChoice<T>(file: string, value: T, { folder }: OpenProject): Choice<T> {
  return { label: path.basename(file), description: path.relative(folder, path.dirname(file)), value };
}

function showResult({ log }: Services, file: string, { micro }: Report): void {
  const scores = `precision ${percent(micro.precision)}, recall ${percent(micro.recall)}, F1 ${percent(micro.f1)}`;
  const shown = vscode.workspace.asRelativePath(file);
  offer(log, 'info', `Scored: ${scores}. Saved in ${shown}.`, [
    { title: 'Open JSON', run: () => vscode.window.showTextDocument(vscode.Uri.file(file)) },
  ]);
}
