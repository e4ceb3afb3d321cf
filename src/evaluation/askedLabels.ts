import { UserError } from '../foundation/userError.ts';

/**
 * A label that no side knows is most likely a slip of the pen, and would score 0 without a word. Throws
 * `UserError` when `there`, the labels of gold and predictions, has none of those asked for.
 */
export function checkAskedLabels(asked: readonly string[] | undefined, there: ReadonlySet<string>): void {
  if (asked === undefined || there.size === 0 || asked.some((label) => there.has(label))) return;
  throw new UserError(`None of the labels ${asked.join(', ')} appears in the data.`, {
    nextStep: `Choose from: ${[...there].sort().join(', ')}.`,
  });
}
