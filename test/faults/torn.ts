import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomInteger, seededRandom, type Random } from '../../src/foundation/random.ts';
import type { LedgerEntry } from '../../src/runs/ledgerEntry.ts';
import { runAt } from '../integration/generation/runAt.ts';
import { startChatServer } from '../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../support/runInvariants.ts';
import { brokenStandings, inFolder, standingOf } from './trial.ts';

const names = ['run.json', 'ledger.jsonl', 'accepted.jsonl', 'rejected.jsonl'] as const;
type Files = Readonly<Record<(typeof names)[number], Buffer>>;

/**
 * Cuts a run's files off as a kill or a power cut could have left them, and goes on with each: `cuts` of them
 * after one run. Gives what does not hold.
 */
export function runTorn(seed: number, cuts: number): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const random = seededRandom(seed);
    const server = await startChatServer({
      schedule: () => (random() < 0.15 ? { kind: random() < 0.5 ? 'refusal' : 'truncated' } : undefined),
    });
    const count = 60;
    const options = { count, resume: true, sending: { concurrency: 1 + randomInteger(random, 8) } };
    const broken: string[] = [];
    try {
      await runAt(server, folder, options);
      const whole = await readFiles(folder);
      for (let cut = 0; cut < cuts; cut++) {
        const torn = `${folder}-${cut}`;
        await mkdir(torn);
        for (const [name, content] of Object.entries(tear(whole, random))) {
          await writeFile(path.join(torn, name), content);
        }
        const standing = standingOf(await readRun(torn), server.calls.length);
        await runAt(server, torn, options);
        const run = await readRun(torn);
        broken.push(...brokenPromises(run, count), ...brokenStandings([standing], run, server.calls));
      }
      return broken;
    } finally {
      await server.close();
    }
  });
}

export async function readFiles(folder: string): Promise<Files> {
  const contents = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
  return Object.fromEntries(names.map((name, at) => [name, contents[at]])) as unknown as Files;
}

/**
 * The ledger ends anywhere: at, right before or right after the end of a line, or in the middle of one. The
 * other files are at least as long as its last outcome says, and at most as long as its replies can make them.
 * The first `kept` bytes of the ledger stay.
 */
export function tear(whole: Files, random: Random, kept = 0): Files {
  const ledger = whole['ledger.jsonl'].subarray(0, Math.max(kept, cutPoint(whole['ledger.jsonl'], random)));
  const entries = entriesOf(ledger);
  const replied = new Set(entries.filter(({ event }) => event === 'reply').map(({ index }) => index));
  const last = entries.findLast((entry) => entry.event === 'outcome');
  const possible = entriesOf(whole['ledger.jsonl']).findLast(
    (entry) => entry.event === 'outcome' && replied.has(entry.index),
  );
  const between = (least: number, most: number): number => least + randomInteger(random, most - least + 1);
  const most = possible?.event === 'outcome' ? possible : undefined;
  return {
    'run.json': whole['run.json'],
    'ledger.jsonl': ledger,
    'accepted.jsonl': whole['accepted.jsonl'].subarray(
      0,
      between(last?.acceptedBytes ?? 0, most?.acceptedBytes ?? 0),
    ),
    'rejected.jsonl': whole['rejected.jsonl'].subarray(
      0,
      between(last?.rejectedBytes ?? 0, most?.rejectedBytes ?? 0),
    ),
  };
}

/** A last line counts when it is whole, with or without its line end. */
function entriesOf(ledger: Buffer): readonly LedgerEntry[] {
  return ledger
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as LedgerEntry];
      } catch {
        return [];
      }
    });
}

function cutPoint(ledger: Buffer, random: Random): number {
  const anywhere = randomInteger(random, ledger.length + 1);
  const lineEnd = ledger.indexOf(0x0a, anywhere);
  const kind = randomInteger(random, 5);
  if (kind < 2 || lineEnd === -1) return anywhere;
  return Math.min(ledger.length, lineEnd + kind - 2);
}
