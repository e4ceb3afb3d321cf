import { UserError } from '../foundation/userError.ts';

/** The error for a broken file in a model folder; `message` says what is wrong. */
export function brokenModel(
  file: string,
  message: string,
  nextStep = 'Copy or download the model folder again.',
  cause?: unknown,
): UserError {
  return new UserError(message, { place: { file }, nextStep, cause });
}
