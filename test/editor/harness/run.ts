import { spawn } from 'node:child_process';

interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly minutes: number;
}

/**
 * Runs a program to its end without input and gives back what it printed. Throws with that output when it
 * fails or takes more than `minutes`.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  { cwd, env, minutes }: CommandOptions,
): Promise<string> {
  const child = spawn(program, args, {
    cwd,
    env: env ?? process.env,
    shell: process.platform === 'win32' && program === 'npm',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk) => output.push(String(chunk)));
  child.stderr.on('data', (chunk) => output.push(String(chunk)));
  const timer = setTimeout(() => child.kill('SIGKILL'), minutes * 60_000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  if (code !== 0) {
    const how = code === null ? `was stopped (limit: ${minutes} minutes)` : `ended with code ${code}`;
    throw new Error(`${program} ${args.join(' ')} ${how}:\n${output.join('')}`);
  }
  return output.join('');
}
