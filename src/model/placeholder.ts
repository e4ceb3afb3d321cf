import { UserError } from '../foundation/userError.ts';

/** Long enough for the beginning of every text below. */
export const headBytes = 512;

/** Long answers of a server are web pages. */
const longestMessage = 2000;

const again = 'Download the file again.';

/** What stands in place of a file after a download that went wrong, by its beginning. */
const placeholders: readonly (readonly [RegExp, string, string])[] = [
  [
    /^version https?:\/\/[^\s]*\/spec\/v?\d/,
    'This is a Git LFS pointer, not the file itself.',
    'Run "git lfs pull" in the folder of the repository, or download the file.',
  ],
  [
    /^\s*<(?:!doctype|!--|html|head|body|\?xml)/i,
    'This is a web page, not the file itself.',
    'Download the file again; on Hugging Face, its address has /resolve/ and not /blob/.',
  ],
];

/** Texts that Hugging Face and other servers answer with instead of a file. */
const answer =
  /^\s*(?:\{\s*"(?:error|message)"\s*:|(?:(?:error|http)\b\W*)?(?:40[0-9]|50[0-9])\b|(?:entry|repository|file|page|revision) not found|not found|invalid (?:username|credentials|rev)|access (?:to|denied)|unauthorized|forbidden|too many requests|internal server error)/i;

/**
 * Throws `UserError` if the beginning of a file shows that the file itself was not downloaded: it is empty, a pointer of
 * Git LFS, a web page or the answer of a server. `size` is that of the whole file, in bytes.
 */
export function refusePlaceholder(file: string, head: string | Uint8Array, size: number): void {
  if (size === 0) {
    throw new UserError('The file is empty.', { place: { file }, nextStep: again });
  }
  const text = typeof head === 'string' ? head.slice(0, headBytes) : new TextDecoder().decode(head);
  for (const [beginning, message, nextStep] of placeholders) {
    if (beginning.test(text)) throw new UserError(message, { place: { file }, nextStep });
  }
  if (size <= longestMessage && answer.test(text)) {
    throw new UserError('This is the answer of a server, not the file itself.', {
      place: { file },
      nextStep: again,
    });
  }
}
