import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/foundation/random.ts';
import type { ChatServer } from '../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../support/runInvariants.ts';
import type { Job } from './child.ts';
import { brokenStandings, readStanding, type Standing } from './trial.ts';

export interface KillTrial {
  /** Kills that met a living process. */
  readonly kills: number;
  /** What does not hold in the end. */
  readonly broken: readonly string[];
}

export interface Killing {
  readonly mostKills: number;
  /** Kills a process at some moment, unless it has ended. */
  readonly kill: (child: ChildProcess) => Promise<void>;
}

interface Done {
  readonly kills: number;
  /** What child.ts printed in the end; nothing when it failed. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts child.ts with its job, again each time it was killed, until it ends by itself. */
export async function killUntilDone(
  job: Job,
  { mostKills, kill }: Killing,
  killed: () => Promise<void>,
): Promise<Done> {
  for (let kills = 0; ; kills++) {
    const child = spawn(process.execPath, [path.resolve('test/faults/child.ts'), JSON.stringify(job)]);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (_, signal) => resolve(signal));
    });
    if (kills < mostKills) void kill(child);
    if ((await ended) !== 'SIGKILL') return { kills, stdout, stderr };
    await killed();
    // The service goes on to its answer before it is asked again.
    await sleep(5);
  }
}

/** A run that is killed and gone on with; `more` says what else does not hold of what it printed. */
export async function killRun(
  job: Job & { readonly count: number },
  server: ChatServer,
  { more, ...killing }: Killing & { readonly more: (stdout: string) => readonly string[] },
): Promise<KillTrial> {
  const { folder, count } = job;
  const standings: Standing[] = [];
  const { kills, stdout, stderr } = await killUntilDone(job, killing, async () => {
    standings.push(await readStanding(folder, server.calls.length));
  });
  if (stdout === '') return { kills, broken: [`the run failed: ${stderr}`] };
  const run = await readRun(folder);
  return {
    kills,
    broken: [
      ...brokenPromises(run, count),
      ...brokenStandings(standings, run, server.calls),
      ...more(stdout),
    ],
  };
}

/** Kills mostly a while after the process has sent its first request, else while it starts. */
export async function killAtWork(child: ChildProcess, server: ChatServer, random: Random): Promise<void> {
  const before = server.calls.length;
  const isEarly = random() < 0.1;
  const delay = random() * (isEarly ? 300 : 120);
  if (!isEarly) {
    while (server.calls.length === before && isAtWork(child)) await sleep(1);
  }
  await sleep(delay);
  child.kill('SIGKILL');
}

/** Whether a process has not ended yet. */
export function isAtWork({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
