import { UserError } from '../../foundation/userError.ts';

/**
 * An API key without the blanks around it; undefined when nothing is left. Throws `UserError` when it holds what
 * no header takes, such as a line break or curly quotes. Its text is in no message.
 */
export function readApiKey(text: string | undefined): string | undefined {
  const key = text?.trim() ?? '';
  if (key === '') return undefined;
  if (isApiKey(key)) return key;
  throw new UserError('The API key is none: it holds a blank, a line break or a character beyond ASCII.', {
    nextStep: 'Set it anew, without quotes around it and nothing behind it.',
  });
}

/** Whether a text is one word of printable ASCII. */
export function isApiKey(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
