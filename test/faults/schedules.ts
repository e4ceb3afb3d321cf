import { pick, randomInteger, seededRandom, type Random } from '../../src/foundation/random.ts';
import { CancelledError } from '../../src/foundation/userError.ts';
import { runAt } from '../integration/generation/runAt.ts';
import { startChatServer } from '../support/chatServer/chatServer.ts';
import type { Fault } from '../support/chatServer/faults.ts';
import { brokenPromises, readRun } from '../support/runInvariants.ts';
import { brokenStandings, inFolder, lostAnswers, readStanding, type Standing } from './trial.ts';

const faults: readonly Fault[] = [
  { kind: 'status', status: 400 },
  { kind: 'status', status: 408 },
  { kind: 'status', status: 409 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 429, headers: { 'retry-after-ms': '4' } },
  { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, headers: { 'retry-after-ms': '2' } },
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'mid-body' },
  { kind: 'content-type', type: 'text/plain' },
  { kind: 'web-page' },
  { kind: 'invalid-json' },
  { kind: 'not-a-completion' },
  { kind: 'truncated' },
  { kind: 'refusal' },
  { kind: 'content-filter' },
  { kind: 'no-usage' },
  { kind: 'same-id' },
];
/** Each costs the time of a timeout, or some megabytes. */
const slowFaults: readonly Fault[] = [
  { kind: 'drip' },
  { kind: 'silence' },
  { kind: 'huge', bytes: 9 * 1024 * 1024 },
];
/** They end a sitting. */
const fatalFaults: readonly Fault[] = [
  { kind: 'status', status: 401 },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 404 },
  { kind: 'status', status: 429, code: 'insufficient_quota' },
];

function drawFault(random: Random, rate: number): Fault | undefined {
  if (random() >= rate) return undefined;
  const draw = random();
  return pick(random, draw < 0.04 ? slowFaults : draw < 0.08 ? fatalFaults : faults);
}

const mostSittings = 60;

/**
 * A run against a service that fails as `seed` draws it, cancelled now and then, and gone on with until it has
 * what it wants. Gives what does not hold in the end; nothing when all is well.
 */
export function runSchedule(seed: number): Promise<readonly string[]> {
  return inFolder(async (folder) => {
    const random = seededRandom(seed);
    const rate = random() * 0.5;
    const latency = randomInteger(random, 4);
    const server = await startChatServer({
      latency,
      schedule: () => drawFault(random, rate),
      forms: pick(random, [['schema', 'json', 'text'], ['json', 'text'], ['text']]),
    });
    const count = 6 + randomInteger(random, 40);
    const concurrency = 1 + randomInteger(random, 12);
    const standings: Standing[] = [];
    try {
      for (let sitting = 0; sitting < mostSittings; sitting++) {
        const abort = new AbortController();
        const timer = random() < 0.3 ? setTimeout(() => abort.abort(), randomInteger(random, 40)) : undefined;
        const options = { count, resume: true, sending: { concurrency, timeout: 150, retries: 4 } };
        const ended: unknown = await runAt(server, folder, options, { signal: abort.signal }).then(
          () => undefined,
          (error: unknown) => error,
        );
        clearTimeout(timer);
        const calls = server.calls.length;
        if (ended === undefined) {
          const run = await readRun(folder);
          return [
            ...brokenPromises(run, count),
            ...brokenStandings(standings, run, server.calls),
            ...lostAnswers(run, server.calls),
          ];
        }
        if (!isExpected(ended))
          return [`a sitting ended with ${ended instanceof Error ? ended.stack : 'no error'}`];
        standings.push(await readStanding(folder, calls));
      }
      return [`the run had not ended after ${mostSittings} sittings`];
    } finally {
      await server.close();
    }
  });
}

/** A cancel, or a sentence for a person: everything else is a bug. */
function isExpected(error: unknown): boolean {
  return (
    error instanceof CancelledError ||
    (error instanceof Error && ['UserError', 'ProviderFailure'].includes(error.name))
  );
}
