import { UserError } from '../foundation/userError.ts';

/**
 * How much each label counts, in the order of the labels. `weights` names types (of mentions: both labels of
 * a type), relation labels or `O`; what it leaves out counts 1. Throws `UserError` for an unknown name.
 */
export function labelWeights(
  labels: readonly string[],
  weights: Readonly<Record<string, number>>,
): readonly number[] {
  const names = labels.map((label) => label.replace(/^[BI]-/u, ''));
  for (const name of Object.keys(weights)) {
    if (!names.includes(name)) {
      throw new UserError(`"${name}" is none of the labels of the training data.`, {
        nextStep: `Give weights to ${[...new Set(names)].join(', ')}.`,
      });
    }
  }
  return names.map((name) => (Object.hasOwn(weights, name) ? weights[name] : undefined) ?? 1);
}
