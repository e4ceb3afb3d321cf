import { UserError } from '../../foundation/userError.ts';

/** A weight file that cannot be read: `what` is wrong with it, in a sentence. */
export function damaged(file: string, what: string, nextStep?: string, cause?: unknown): UserError {
  return new UserError(`The weights cannot be read. ${what}`, {
    place: { file },
    nextStep: nextStep ?? 'Copy or download the model folder again.',
    cause,
  });
}
