import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Call } from '../support/chatServer/chatServer.ts';
import { readRun, type RunContents } from '../support/runInvariants.ts';

/** Does `work` with a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), 'chartmark-faults-'));
  try {
    return await work(path.join(root, 'run'));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What a sitting left that no later one may lose, double or pay for again. */
export interface Standing {
  readonly replied: ReadonlySet<number>;
  /** Accepted texts that have their outcome. */
  readonly accepted: readonly string[];
  /** Requests that the service had seen by then. */
  readonly calls: number;
}

export function standingOf({ replies, entries, accepted }: RunContents, calls: number): Standing {
  const counted = entries.reduce((sum, entry) => sum + (entry.event === 'outcome' ? entry.accepted : 0), 0);
  return {
    replied: new Set(replies.map(({ index }) => index)),
    accepted: accepted.slice(0, counted).map(({ text }) => text),
    calls,
  };
}

export async function readStanding(folder: string, calls: number): Promise<Standing> {
  return standingOf(await readRun(folder), calls);
}

/** What is not so of a run that went on from `before`. */
export function brokenStandings(
  standings: readonly Standing[],
  run: RunContents,
  calls: readonly Call[],
): readonly string[] {
  const broken: string[] = [];
  for (const { replied, accepted, calls: seen } of standings) {
    const again = calls.slice(seen).find(({ index }) => index !== undefined && replied.has(index));
    if (again !== undefined)
      broken.push(`request ${again.index} was sent again though its reply was on disk`);
    if (accepted.some((text, at) => run.accepted[at]?.text !== text))
      broken.push('an accepted text was lost');
  }
  return broken;
}

/** Whole answers that went out and that the ledger does not have, though nothing was cut off. */
export function lostAnswers({ entries, replies }: RunContents, calls: readonly Call[]): readonly string[] {
  const texts = replies.map(({ text }) => text).join('\n');
  return calls
    .filter(({ isDelivered, content, fault }) => {
      const keepsText = fault === undefined || ['no-usage', 'same-id', 'content-type'].includes(fault.kind);
      return isDelivered && keepsText && !texts.includes(content);
    })
    .filter(({ index }) => {
      const mine = entries.filter((entry) => entry.index === index);
      const sittings = mine.filter(({ event }) => event === 'request').length;
      const timeouts = mine.filter((entry) => entry.event === 'failed' && entry.reason === 'timeout').length;
      return sittings <= 1 && timeouts === 0;
    })
    .map(({ index }) => `the answer to request ${index} came and is not in the ledger`);
}
