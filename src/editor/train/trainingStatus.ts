import * as vscode from 'vscode';
import { wholeMinutes } from '../../foundation/duration.ts';
import { percent } from '../../foundation/numbers.ts';
import { describeTraining } from '../../tasks/train.ts';
import type { TrainProgress } from '../../training/trainOptions.ts';

/** The progress of a training in the status bar; a click on it shows the panel, which has the details and can stop it. */
export interface TrainingStatus extends vscode.Disposable {
  report(progress: TrainProgress): void;
}

export function showTrainingStatus(name: string): TrainingStatus {
  const item = vscode.window.createStatusBarItem('chartmark.training', vscode.StatusBarAlignment.Left, 49);
  item.name = 'Chartmark Training';
  item.command = 'chartmark.showTraining';
  const show = (text: string, details: string): void => {
    item.text = `$(sync~spin) ${name}: ${text}`;
    item.tooltip = `Training model ${name}. ${details}\nClick to show or stop it.`;
    item.accessibilityInformation = {
      label: `Training model ${name}: ${text}. Show training`,
      role: 'button',
    };
  };
  show('starting', '');
  item.show();
  return {
    report: (progress) => show(shortText(progress), describeTraining(progress).text),
    dispose: () => item.dispose(),
  };
}

/** "epoch 3 of 8 · F1 61.0% · 4 min left". */
function shortText({ phase, epoch, epochs, devF1, secondsLeft }: TrainProgress): string {
  if (phase === 'load') return 'reading the data';
  if (phase === 'save') return 'saving';
  return [
    `epoch ${epoch} of ${epochs}`,
    ...(devF1 === undefined ? [] : [`F1 ${percent(devF1)}`]),
    ...(secondsLeft === undefined ? [] : [`${wholeMinutes(secondsLeft)} left`]),
  ].join(' · ');
}
