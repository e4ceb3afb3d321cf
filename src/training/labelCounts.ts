import { UserError } from '../foundation/userError.ts';
import type { ChartmarkModelInfo } from '../model/folder.ts';
import type { TaskData } from './task.ts';

/** The number of mentions of each type, or of related pairs with each label. */
export function labelCounts({ gold }: TaskData): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const tag of gold.flat()) {
    if (tag.startsWith('B-')) counts.set(tag.slice(2), (counts.get(tag.slice(2)) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether there is a mention or a relation. */
export function hasLabels({ gold }: TaskData): boolean {
  return gold.some((tags) => tags.some((tag) => tag !== 'O'));
}

/** Labels of a model's dev part that its training part lacks. */
export function unseenLabels(data: ChartmarkModelInfo['data']): readonly string[] {
  const [trained, dev] = (['train', 'dev'] as const).map(
    (role) => data.find((part) => part.role === role)?.labels ?? {},
  );
  return Object.keys(dev ?? {}).filter((label) => !Object.hasOwn(trained ?? {}, label));
}

/**
 * The weights of the labels, in their order. `weights` is by type of mention (for its `B-` and its `I-` label),
 * relation label or `O`; all others have the weight 1. Throws `UserError` for an unknown name.
 */
export function labelWeights(
  labels: readonly string[],
  weights: Readonly<Record<string, number>>,
): readonly number[] {
  const names = labels.map((label) => label.replace(/^[BI]-/u, ''));
  for (const name of Object.keys(weights)) {
    if (!names.includes(name)) {
      throw new UserError(`"${name}" is not a label of the training data.`, {
        nextStep: `Give weights only to ${[...new Set(names)].join(', ')}.`,
      });
    }
  }
  return names.map((name) => (Object.hasOwn(weights, name) ? weights[name] : undefined) ?? 1);
}
