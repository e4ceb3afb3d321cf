import { visibleName } from './visibleText.ts';

/** Where in the user's files a failure is. `line` counts from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

interface UserErrorOptions {
  readonly place?: Place;
  /** What the user can do about it: one imperative sentence. */
  readonly nextStep?: string;
  readonly cause?: unknown;
}

/**
 * An expected failure: bad input, a missing file, an endpoint that refuses.
 *
 * Rendered once, at the edge (command line or editor), without a stack. Anything else that is thrown is
 * a bug and keeps its stack. The message must never hold note text, a prompt or a key.
 */
export class UserError extends Error {
  readonly place: Place | undefined;
  readonly nextStep: string | undefined;

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.place = options.place;
    this.nextStep = options.nextStep;
  }

  /** `file:line: what happened. What to do next.`, where `shown` formats the place. */
  describe(shown: (place: Place) => string = shownPlace): string {
    const where = this.place === undefined ? '' : `${shown(this.place)}: `;
    return `${where}${this.message}${this.nextStep === undefined ? '' : ` ${this.nextStep}`}`;
  }
}

function shownPlace({ file, line }: Place): string {
  const shown = visibleName(file);
  return line === undefined ? shown : `${shown}:${line}`;
}

/** The user cancelled the work: rendered quietly, exit code 130. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled.');
    this.name = 'CancelledError';
  }
}

/** Throws `CancelledError` once `signal` is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

/** A file error of Node as a `UserError` with the path; any other value is returned unchanged. */
export function asFileError(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const known: Record<string, readonly [string, string]> = {
    ENOENT: ['The file does not exist.', 'Check the path.'],
    EACCES: ['Permission denied.', 'Check the permissions of the file and its folder.'],
    EPERM: ['The operation is not permitted.', 'Check the permissions of the file and its folder.'],
    EROFS: ['The file system is read-only.', 'Choose a folder that can be written to.'],
    ENOSPC: ['The disk is full.', 'Free some space and try again.'],
    EDQUOT: ['Your disk quota is used up.', 'Free some space and try again.'],
    EFBIG: [
      'The file is larger than the system allows.',
      'Raise the limit (ulimit -f), or choose another disk.',
    ],
    EIO: ['The disk failed or was disconnected.', 'Check the disk, or choose another one.'],
    ERR_FS_FILE_TOO_LARGE: ['The file is too large to be read.', 'Choose a smaller one.'],
    ERR_STRING_TOO_LONG: ['The file is too large to be read.', 'Choose a smaller one.'],
    EBUSY: ['Another program is using the file.', 'Close that program and try again.'],
    EMFILE: ['Too many files are open.', 'Close other programs and try again.'],
    ENAMETOOLONG: ['The name of the file is too long.', 'Choose a shorter one.'],
    ELOOP: ['This is a link that leads back to itself.', 'Check the link.'],
    EEXIST: ['There is a file where a folder is needed.', 'Choose another path or move that file.'],
    EISDIR: ['This is a folder, but a file was expected.', 'Choose a file.'],
    ENOTDIR: ['Part of this path is a file, but a folder was expected.', 'Check the path.'],
  };
  const entry = code === undefined ? undefined : known[code];
  return entry === undefined
    ? error
    : new UserError(entry[0], { place: { file }, nextStep: entry[1], cause: error });
}
