import path from 'node:path';
import process from 'node:process';
import packageJson from '../package.json' with { type: 'json' };
import { askTerminal } from './cli/askTerminal.ts';
import { endingOf } from './cli/exit.ts';
import { lineWriter, watchOutput } from './cli/output.ts';
import { createProgram } from './cli/program.ts';
import { WorkerClient } from './process/client.ts';

async function main(): Promise<void> {
  watchOutput(process);
  const note = lineWriter(process.stderr);
  const interrupted = new AbortController();
  // The first Ctrl-C lets the work end tidily; a second one is the shell's own way.
  process.once('SIGINT', () => interrupted.abort());
  const worker = new WorkerClient(path.join(__dirname, 'worker.cjs'));
  const program = createProgram(
    {
      resources: path.dirname(__dirname),
      signal: interrupted.signal,
      worker,
      ...(process.stdin.isTTY
        ? { ask: (question: string) => askTerminal(question, interrupted.signal) }
        : {}),
      print: lineWriter(process.stdout),
      note,
    },
    packageJson.version,
  );
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    const { code, message } = endingOf(error);
    if (message !== undefined) note(message);
    // Output that failed has set its own code.
    process.exitCode ??= code;
  } finally {
    worker.dispose();
  }
}

void main();
