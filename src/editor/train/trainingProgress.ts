import type { TrainProgress } from '../../training/train.ts';
import { duration } from '../../foundation/duration.ts';
import { memorySize } from '../../foundation/memorySize.ts';
import { percent } from '../../foundation/numbers.ts';

/** How far a training is, as a line of words and as a fraction of all its steps. */
export function trainingProgress(progress: TrainProgress): {
  readonly text: string;
  readonly fraction: number;
} {
  const { phase, epoch, epochs, step, steps, loss, devF1, secondsLeft, memoryBytes } = progress;
  const fraction = steps === 0 ? 0 : step / steps;
  if (phase === 'load') return { text: 'reading the data', fraction: 0 };
  if (phase === 'save') return { text: 'saving', fraction: 1 };
  const parts = [
    `epoch ${epoch} of ${epochs}`,
    phase === 'evaluate' ? 'measuring' : `step ${step} of ${steps}`,
    ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
    ...(devF1 === undefined ? [] : [`F1 ${percent(devF1)}`]),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
    `${memorySize(memoryBytes)} of memory`,
  ];
  return { text: parts.join(' · '), fraction };
}
