import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { CancelledError } from '../foundation/userError.ts';
import { visibleLines } from '../foundation/visibleText.ts';

/** Puts a question on standard error and waits for a line. Throws `CancelledError` on Ctrl-C and at the input's end. */
export async function askTerminal(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const { promise: left, reject } = Promise.withResolvers<never>();
  const leave = (): void => reject(new CancelledError());
  terminal.on('SIGINT', leave).on('close', leave);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([terminal.question(visibleLines(question)), left]);
  } finally {
    signal.removeEventListener('abort', leave);
    terminal.removeAllListeners('close').close();
  }
}
