import { UserError } from '../foundation/userError.ts';

/** A file of a model folder that is not as it should be: `message` says what is wrong. */
export function brokenModel(
  file: string,
  message: string,
  nextStep = 'Copy or download the model folder again.',
  cause?: unknown,
): UserError {
  return new UserError(message, { place: { file }, nextStep, cause });
}
