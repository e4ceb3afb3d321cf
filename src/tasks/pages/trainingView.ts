import type { TrainingFigure, TrainingView } from '../../../webview/training/protocol.ts';
import { wholeMinutes } from '../../foundation/duration.ts';
import { memorySize } from '../../foundation/memorySize.ts';
import { percent } from '../../foundation/numbers.ts';
import type { EpochResult, TrainProgress } from '../../training/trainOptions.ts';
import { describeStopped } from '../train.ts';
import type { TrainingEnding, TrainingHistory } from './trainingHistory.ts';

/** A training in the words and figures of its panel. `shownPath` names a folder for people. */
export function trainingView(history: TrainingHistory, shownPath: (folder: string) => string): TrainingView {
  const { name, progress, losses, ending, isStopping } = history;
  const { step = 0, steps = 0, epochs = 0, results = [] } = progress ?? {};
  const best = bestOf(results);
  return {
    title: `Training ${name}`,
    state: ending?.kind ?? (isStopping ? 'stopping' : 'running'),
    status:
      ending === undefined ? runningStatus(progress, isStopping) : endStatus(history, ending, shownPath),
    announcement: ending === undefined ? epochSaid(results, epochs) : endStatus(history, ending, shownPath),
    fraction: steps === 0 ? 0 : step / steps,
    figures: figures(history, best),
    epochs,
    steps,
    // Until the plan is read, nobody knows where on the axis they belong.
    losses: steps === 0 ? [] : losses,
    results,
    types: progress?.devF1ByType ?? [],
    measuredOn: history.measuredOn,
    notes: history.notes,
    ...(best === undefined ? {} : { bestEpoch: best.epoch }),
    actions: actions(history),
  };
}

/** The later one of equals, as the trainer keeps it. */
function bestOf(results: readonly EpochResult[]): EpochResult | undefined {
  const highest = Math.max(...results.map(({ devF1 }) => devF1));
  return results.findLast(({ devF1 }) => devF1 === highest);
}

function runningStatus(progress: TrainProgress | undefined, isStopping: boolean): string {
  if (isStopping) return 'Stopping; the best checkpoint so far is kept.';
  if (progress === undefined) return 'Starting.';
  const { phase, epoch, epochs, step, steps } = progress;
  switch (phase) {
    case 'load':
      return 'Reading the data and the encoder.';
    case 'train':
      return `Epoch ${epoch} of ${epochs}, step ${step} of ${steps}.`;
    case 'evaluate':
      return `Epoch ${epoch} of ${epochs}: measuring on the dev set.`;
    case 'save':
      return 'Writing the model.';
  }
}

function epochSaid(results: readonly EpochResult[], epochs: number): string {
  const last = results.at(-1);
  return last === undefined
    ? 'Training.'
    : `Epoch ${last.epoch} of ${epochs}: dev F1 ${percent(last.devF1)}.`;
}

function endStatus(
  { out, progress }: TrainingHistory,
  ending: TrainingEnding,
  shownPath: (folder: string) => string,
): string {
  const canResume = progress?.saved !== undefined;
  switch (ending.kind) {
    case 'done':
      return `Done. The model is in ${shownPath(ending.result.out)}.`;
    case 'failed':
      return canResume ? `${ending.message} It can be resumed from its last saved state.` : ending.message;
    case 'stopped':
      return describeStopped({ kept: ending.kept, resumable: canResume }, out, shownPath);
  }
}

/** F1 comes first: it says how good the model is. */
function figures(
  { progress, ending, measuredOn }: TrainingHistory,
  best: EpochResult | undefined,
): readonly TrainingFigure[] {
  const { epochs = 0, loss, secondsLeft, examplesPerSecond, memoryBytes } = progress ?? {};
  const f1 = {
    name: 'Best dev F1',
    value: best === undefined ? '–' : percent(best.devF1),
    note: best === undefined ? `on ${measuredOn}` : `epoch ${best.epoch} of ${epochs}, on ${measuredOn}`,
  };
  const lossFigure = { name: 'Loss', value: loss?.toFixed(3) ?? '–' };
  if (ending !== undefined) {
    return [
      f1,
      lossFigure,
      ...(ending.kind === 'done' ? [{ name: 'Time', value: wholeMinutes(ending.result.seconds) }] : []),
    ];
  }
  return [
    f1,
    lossFigure,
    {
      name: 'Time left',
      value: secondsLeft === undefined ? '–' : wholeMinutes(secondsLeft),
      ...(examplesPerSecond === undefined ? {} : { note: `${examplesPerSecond.toFixed(0)} sentences/s` }),
    },
    { name: 'Memory', value: memoryBytes === undefined ? '–' : memorySize(memoryBytes) },
  ];
}

const resume = { action: 'resume', title: 'Resume', isPrimary: true } as const;
const withModel = [
  { action: 'annotate', title: 'Annotate Open File' },
  { action: 'evaluate', title: 'Evaluate' },
  { action: 'openModelCard', title: 'Model Card' },
] as const;

function actions({ name, out, ending, isStopping, progress }: TrainingHistory): TrainingView['actions'] {
  const saved = progress?.saved;
  const maybeResume = saved === undefined ? [] : [resume];
  switch (ending?.kind) {
    case undefined: {
      const title = saved !== undefined && saved.epochs > 0 ? 'Stop and Keep the Best' : 'Stop';
      return isStopping ? [] : [{ action: 'stop', title }];
    }
    case 'done': {
      const [annotate, ...others] = withModel;
      return [{ ...annotate, isPrimary: true }, ...others];
    }
    case 'failed':
      return [...maybeResume, { action: 'showLog', title: 'Show Log' }];
    case 'stopped': {
      const { kept } = ending;
      if (kept === undefined) return maybeResume;
      const replace = kept.out === out ? [] : [{ action: 'replace', title: `Replace ${name}` } as const];
      return [...maybeResume, ...replace, ...withModel];
    }
  }
}
