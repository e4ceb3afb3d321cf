import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What a server says: one JSON object a line. */
export type Reply = Readonly<Record<string, unknown>>;

/** A process of its own that answers one question at a time. */
export interface LineServer {
  /** Milliseconds on the parent's clock, before it was started. */
  readonly started: number;
  /** Throws `Error` when the process ends instead of answering. */
  ask(question: Reply): Promise<Reply>;
  close(): Promise<void>;
}

/** Python to run the peers with. */
const python = process.env['CHARTMARK_PYTHON'] ?? 'python3';

/** Starts a TypeScript or Python file as a server. Its messages go to standard error. */
export function startServer(file: string): LineServer {
  const started = performance.now();
  const program = file.endsWith('.py') ? python : process.execPath;
  const child = spawn(program, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    started,
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${file} ended without an answer`);
      return JSON.parse(value) as Reply;
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

/** The server's side: answers each line of standard input, and ends with it. */
export async function answerLines(answer: (question: Reply) => Promise<Reply>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line) as Reply)));
  }
}

/** The largest resident set of this process so far, in MB. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
