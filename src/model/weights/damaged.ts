import type { UserError } from '../../foundation/userError.ts';
import { brokenModel } from '../brokenModel.ts';

/** A weight file that cannot be read: `what` is wrong with it, in a sentence. */
export function damaged(file: string, what: string, nextStep?: string, cause?: unknown): UserError {
  return brokenModel(file, `The weights cannot be read. ${what}`, nextStep, cause);
}
