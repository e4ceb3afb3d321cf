import { UserError } from '../foundation/userError.ts';

/** Names in a model's files may be of any length. */
const longestQuote = 200;

/** A text from a model's file, short enough for a message. */
export function shortened(text: string): string {
  return text.length <= longestQuote ? text : `${text.slice(0, longestQuote).toWellFormed()}...`;
}

/** The error for a broken file in a model folder; `message` says what is wrong. */
export function brokenModel(
  file: string,
  message: string,
  nextStep = 'Copy or download the model folder again.',
  cause?: unknown,
): UserError {
  return new UserError(message, { place: { file }, nextStep, cause });
}
