import { randomInteger, seededRandom } from '../../src/foundation/random.ts';
import type { GenerateResult } from '../../src/generation/run/generateTexts.ts';
import { startChatServer, type ChatServer } from '../support/chatServer/chatServer.ts';
import { killAtWork, killRun, type KillTrial } from './killing.ts';
import { inFolder } from './trial.ts';

/** USD for one answer of the server: 100 tokens of input and 50 of output at 0.15 and 0.60 a million. */
const priceOfAnswer = 0.000045;

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
      kind: 'generate',
      baseUrl: server.baseUrl,
      folder,
      count: 150 + randomInteger(random, 150),
      concurrency: 1 + randomInteger(random, 12),
    } as const;
    try {
      return await killRun(job, server, {
        mostKills,
        kill: (child) => killAtWork(child, server, random),
        more: (stdout) => dishonestCost(JSON.parse(stdout) as GenerateResult, server),
      });
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
