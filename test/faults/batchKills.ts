import type { ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pick, seededRandom, type Random } from '../../src/foundation/random.ts';
import { parseCustomId } from '../../src/generation/batches/customId.ts';
import type { LineFate } from '../support/chatServer/batchEndpoints.ts';
import { startChatServer, type ChatServer } from '../support/chatServer/chatServer.ts';
import { isAtWork, killRun, type KillTrial } from './killing.ts';
import { inFolder } from './trial.ts';

const fates: readonly LineFate[] = ['twice', 'expired', 'missing', 'torn', { status: 500 }];

/**
 * A run by batches in a child process that is killed at random moments and gone on with, at a service that
 * loses answers, loses requests and breaks connections.
 */
export function runBatchesKilled(seed: number, mostKills: number): Promise<KillTrial> {
  return inFolder(async (folder) => {
    const random = seededRandom(seed);
    const answered: number[] = [];
    const server = await startChatServer({
      batches: {
        looks: 2,
        fault: () =>
          random() < 0.15
            ? pick(random, [
                { kind: 'drop', when: 'mid-body' },
                { kind: 'drop', when: 'before' },
                { kind: 'status', status: 503 },
              ])
            : undefined,
        fate: ({ custom_id }) => {
          const fate = random() < 0.15 ? pick(random, fates) : 'answered';
          if (fate === 'answered' || fate === 'twice') answered.push(parseCustomId(custom_id)?.index ?? -1);
          return fate;
        },
      },
    });
    const job = { kind: 'batches', baseUrl: server.baseUrl, folder, count: 300 } as const;
    try {
      return await killRun(job, server, {
        mostKills,
        kill: (child) => killSoon(child, server, folder, random),
        more: () => paidTwice(answered, server),
      });
    } finally {
      await server.close();
    }
  });
}

/** Kills right after a call of some kind, or right after the ledger or the list of batches has changed. */
async function killSoon(
  child: ChildProcess,
  server: ChatServer,
  folder: string,
  random: Random,
): Promise<void> {
  const target = pick(random, [
    'create',
    'content',
    'upload',
    'ledger.jsonl',
    'batches.json',
    'accepted.jsonl',
  ] as const);
  const delay = random() * 20;
  const state = (): unknown => {
    if (target === 'create' || target === 'content' || target === 'upload')
      return server.batches.calls(target);
    const { size, ino } = statSync(path.join(folder, target), { throwIfNoEntry: false }) ?? {};
    return `${size} ${ino}`;
  };
  const before = state();
  while (state() === before && isAtWork(child)) await sleep(1);
  await sleep(delay);
  child.kill('SIGKILL');
}

function paidTwice(answered: readonly number[], { batches }: ChatServer): readonly string[] {
  const inputs = batches.batches.map(({ input }) => input);
  return [
    ...(new Set(inputs).size === inputs.length ? [] : ['a batch was submitted twice']),
    ...(new Set(answered).size === answered.length
      ? []
      : ['a request was asked again though it was answered']),
  ];
}
