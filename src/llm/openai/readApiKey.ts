import { UserError } from '../../foundation/userError.ts';

/**
 * An API key without the white space around it; undefined if nothing is left. Throws `UserError` if it contains
 * something that a header cannot, such as a line break or curly quotes. No message quotes the key.
 */
export function readApiKey(text: string | undefined): string | undefined {
  const key = text?.trim() ?? '';
  if (key === '') return undefined;
  if (isApiKey(key)) return key;
  throw new UserError(
    'The API key is not valid: it contains a space, a line break or a non-ASCII character.',
    {
      nextStep: 'Enter it again, without quotes around it or anything after it.',
    },
  );
}

/** Whether a text is one word of printable ASCII. */
export function isApiKey(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
