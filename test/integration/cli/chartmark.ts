import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const bundle = path.resolve('dist', 'cli.cjs');

/** Starts the built `chartmark` command; `ended` resolves when it has exited. */
export function startChartmark(
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string },
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [bundle, ...args], { cwd: options.cwd });
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
export function chartmark(
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string },
): Promise<Ended> {
  return startChartmark(args, options).ended;
}
