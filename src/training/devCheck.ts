import { UserError } from '../foundation/userError.ts';
import { hasLabels, labelCounts } from './labelCounts.ts';
import type { TaskData } from './task.ts';

/** The dev data, once it is sure that an epoch can be chosen by them. Throws `UserError`. */
export function checkDev(dev: TaskData, train: TaskData): TaskData {
  if (dev.head !== train.head) throw new RangeError('training and dev data are of different tasks');
  if (dev.groups.length === 0) throw unusable('The dev data holds no labelled sentences.');
  if (!hasLabels(dev)) throw unusable('Nothing of the dev data is labelled: all epochs would score alike.');
  const [labels, known] = [Object.keys(labelCounts(dev)), labelCounts(train)];
  if (labels.every((label) => known[label] === undefined)) {
    throw unusable(
      `The dev data is labelled ${labels.join(', ')}, the training data ${Object.keys(known).join(', ')}.`,
    );
  }
  return dev;
}

function unusable(message: string): UserError {
  return new UserError(message, {
    nextStep: 'Choose another file, or leave it out: a part of the training data is used then.',
  });
}
