import { UserError } from '../foundation/userError.ts';

/** Names in a model's files may be of any length. */
const longestQuote = 200;

/** A text from a model's file, short enough for a message. */
export function shortened(text: string, longest = longestQuote): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}...`;
}

/** A value from a model's file as JSON, short enough for a message. */
export function quoted(value: unknown): string {
  return shortened(JSON.stringify(value) ?? 'undefined');
}

/** A list of numbers or names may make a message longer than its parts. */
const longestMessage = 600;

/** The error for a broken file in a model folder; `message` says what is wrong. */
export function brokenModel(
  file: string,
  message: string,
  nextStep = 'Copy or download the model folder again.',
  cause?: unknown,
): UserError {
  return new UserError(shortened(message, longestMessage), { place: { file }, nextStep, cause });
}
