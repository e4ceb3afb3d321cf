import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command. */
export const bundle = path.resolve('dist', 'cli.cjs');

interface Start {
  readonly cwd: string;
  readonly input?: string;
  /** A program and its arguments that run the command line which comes behind them. */
  readonly through?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the built `chartmark` command; `ended` resolves when it has exited. */
export function startChartmark(
  args: readonly string[],
  options: Start,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const [program = process.execPath, ...command] = [
    ...(options.through ?? []),
    process.execPath,
    bundle,
    ...args,
  ];
  const child = spawn(program, command, { cwd: options.cwd, env: { ...process.env, ...options.env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Runs the built `chartmark` command to its end. */
export function chartmark(args: readonly string[], options: Start): Promise<Ended> {
  return startChartmark(args, options).ended;
}
