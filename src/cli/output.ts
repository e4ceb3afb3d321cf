import { visibleLines } from '../foundation/visibleText.ts';
import { EXIT } from './exit.ts';

/**
 * Keeps the process alive when nobody reads its output any more (`chartmark ... | head`): the rest of the output is dropped
 * and the work goes on to its end. If standard output cannot be written for another reason, says so and fails.
 */
export function watchOutput({ stdout, stderr }: NodeJS.Process): void {
  let isTold = false;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || isTold) return;
    isTold = true;
    process.exitCode = EXIT.failed;
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : (error.code ?? 'unknown reason');
    stderr.write(`Standard output could not be written (${reason}). Choose another place for it.\n`);
  });
  // Then nothing can be said to the user.
  stderr.on('error', () => undefined);
}

/** A function that writes lines to a stream, without characters that a terminal would obey. */
export function lineWriter(stream: NodeJS.WritableStream): (line: string) => void {
  return (line) => void stream.write(`${visibleLines(line)}\n`);
}
