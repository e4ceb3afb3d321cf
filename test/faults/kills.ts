import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomInteger, seededRandom, type Random } from '../../src/foundation/random.ts';
import type { GenerateResult } from '../../src/synthesis/generate.ts';
import { startChatServer, type ChatServer } from '../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../support/runInvariants.ts';
import { brokenStandings, inFolder, readStanding, type Standing } from './trial.ts';

/** USD for one answer of the server: 100 tokens of input and 50 of output at 0.15 and 0.60 a million. */
const priceOfAnswer = 0.000045;

export interface KillTrial {
  /** Kills that met a living process. */
  readonly kills: number;
  /** What does not hold in the end. */
  readonly broken: readonly string[];
}

/**
 * A run in a child process that is killed (SIGKILL) at a random moment and gone on with, over and over, until
 * `mostKills` have met it; then it may end.
 */
export function runKilled(seed: number, mostKills: number): Promise<KillTrial> {
  return inFolder(async (folder) => {
    const random = seededRandom(seed);
    const server = await startChatServer({
      latency: randomInteger(random, 12),
      schedule: () => (random() < 0.05 ? { kind: 'drop', when: 'mid-body' } : undefined),
    });
    const job = {
      baseUrl: server.baseUrl,
      folder,
      count: 150 + randomInteger(random, 150),
      concurrency: 1 + randomInteger(random, 12),
    };
    const standings: Standing[] = [];
    let kills = 0;
    try {
      for (;;) {
        const { signal, stdout, stderr } = await runChild(
          job,
          kills < mostKills ? random : undefined,
          server,
        );
        if (signal === 'SIGKILL') {
          kills++;
          standings.push(await readStanding(folder, server.calls.length));
          continue;
        }
        if (stdout === '') return { kills, broken: [`the run failed: ${stderr}`] };
        const run = await readRun(folder);
        return {
          kills,
          broken: [
            ...brokenPromises(run, job.count),
            ...brokenStandings(standings, run, server.calls),
            ...dishonestCost(JSON.parse(stdout) as GenerateResult, server),
          ],
        };
      }
    } finally {
      await server.close();
    }
  });
}

/** What the service charges for must be in the account: as spent, or as perhaps spent. */
function dishonestCost({ costUsd = 0, unansweredUsd = 0 }: GenerateResult, { calls }: ChatServer): string[] {
  const charged = calls.filter(({ isDelivered }) => isDelivered).length * priceOfAnswer;
  return charged <= costUsd + unansweredUsd + 1e-9
    ? []
    : [`${charged} USD were charged, more than the account has`];
}

export interface EndedChild {
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts child.ts with its job. */
export function startChild(job: object): {
  readonly child: ChildProcess;
  readonly ended: Promise<EndedChild>;
} {
  const child = spawn(process.execPath, [path.resolve('test/faults/child.ts'), JSON.stringify(job)]);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<EndedChild>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => resolve({ signal, stdout, stderr }));
  });
  return { child, ended };
}

/** `random` draws when it is killed: mostly a while after its first request, else while it starts. */
async function runChild(job: object, random: Random | undefined, server: ChatServer): Promise<EndedChild> {
  const { child, ended } = startChild(job);
  if (random !== undefined) void killSoon(random);
  return await ended;

  async function killSoon(draw: Random): Promise<void> {
    const before = server.calls.length;
    const isEarly = draw() < 0.1;
    const delay = draw() * (isEarly ? 300 : 120);
    if (!isEarly) {
      while (server.calls.length === before && child.exitCode === null) await sleep(1);
    }
    await sleep(delay);
    child.kill('SIGKILL');
  }
}
