import { counted, plural } from '../foundation/numbers.ts';
import type { TaskData } from './task.ts';

/**
 * What makes scores or labels doubtful, in sentences: dev texts that are also in the training part, and training texts
 * that occur more than once with different labels.
 */
export function dataNotes({
  train,
  dev,
}: {
  readonly train: TaskData;
  readonly dev: TaskData;
}): readonly string[] {
  const unit = train.head === 'tokens' ? 'sentence' : 'text';
  const trained = new Map<string, Set<string>>();
  for (const place of train.groups.keys()) {
    const text = train.text(place);
    const labels = trained.get(text) ?? new Set();
    trained.set(text, labels.add(JSON.stringify(train.gold[place])));
  }
  const shared = [...dev.groups.keys()].filter((place) => trained.has(dev.text(place))).length;
  const differing = [...trained.values()].filter((labels) => labels.size > 1).length;
  const ofDev = counted(dev.groups.length, `dev ${unit}`);
  return [
    ...(shared === 0
      ? []
      : [
          `${shared} of ${ofDev} ${plural(shared, 'is', 'are')} in the training data too. ` +
            'The dev score may be too high.',
        ]),
    ...(differing === 0
      ? []
      : [
          `${counted(differing, `training ${unit}`)} ${plural(differing, 'occurs', 'occur')} more than once with different labels.`,
        ]),
  ];
}
