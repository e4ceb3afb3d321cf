import { digest } from '../../src/foundation/digest.ts';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { randomInteger, seededRandom } from '../../src/foundation/random.ts';
import type { runExtraction } from '../../src/questions/extract/runExtraction.ts';
import type { Round } from '../../src/generation/promptSearch/round.ts';
import { type Call, type ChatServer, startChatServer } from '../support/chatServer/chatServer.ts';
import { givenTexts, taggedReply } from '../support/chatServer/directAnswers.ts';
import { searchReply } from '../support/chatServer/searchReplies.ts';
import { readRun } from '../support/runInvariants.ts';
import type { Job } from './child.ts';
import { killAtWork, killUntilDone, type KillTrial, type Killing } from './killing.ts';
import { inFolder } from './trial.ts';

/** Texts that a language model is asked about, by a process that is killed at random moments. */
export function runExtractKilled(seed: number, mostKills: number): Promise<KillTrial> {
  return inFolder(async (folder) => {
    const random = seededRandom(seed);
    // Texts that the model takes at once: of three that it is sent, all or a part.
    const most = 1 + randomInteger(random, 3);
    const server = await startChatServer({
      latency: randomInteger(random, 12),
      schedule: ({ body }) => {
        if (random() < 0.05) return { kind: 'drop', when: 'mid-body' };
        const { length } = givenTexts(body);
        if (length > most) return { kind: 'status', status: 400, code: 'context_length_exceeded' };
        return length > 1 && random() < 0.1 ? { kind: 'truncated' } : undefined;
      },
      write: (_, body) => taggedReply(body, { gout: 'Disease' }),
    });
    const texts = 200 + randomInteger(random, 200);
    const concurrency = 1 + randomInteger(random, 8);
    return killAsking({ kind: 'extract', baseUrl: server.baseUrl, folder, texts, concurrency }, server, {
      mostKills,
      kill: (child) => killAtWork(child, server, random),
      isWhole: (stdout) => {
        const { answers } = JSON.parse(stdout) as Awaited<ReturnType<typeof runExtraction>>;
        const isFound = answers.every(
          (answer, number) => answer?.mentions[0]?.start === `Case ${number} has `.length,
        );
        return answers.length === texts && isFound;
      },
    });
  });
}

/** A round of a search for a prompt, by a process that is killed at random moments. */
export function runSearchKilled(seed: number, mostKills: number): Promise<KillTrial> {
  return inFolder(async (folder) => {
    const random = seededRandom(seed);
    const server = await startChatServer({ latency: 10 + randomInteger(random, 30), write: searchReply });
    return killAsking({ kind: 'search', baseUrl: server.baseUrl, folder }, server, {
      mostKills,
      kill: (child) => killAtWork(child, server, random),
      isWhole: (stdout) => {
        const { candidates } = JSON.parse(stdout) as Round;
        return candidates.map(({ trial }) => trial?.accepted).join() === '3,3,1';
      },
    });
  });
}

/** Each request has a prompt of its own, by which it is known again in whatever ledger it stands. */
async function killAsking(
  job: Job,
  server: ChatServer,
  { isWhole, ...killing }: Killing & { readonly isWhole: (stdout: string) => boolean },
): Promise<KillTrial> {
  const broken: string[] = [];
  const standings: { readonly replies: ReadonlyMap<string, string>; readonly calls: number }[] = [];
  try {
    const { kills, stdout, stderr } = await killUntilDone(job, killing, async () => {
      standings.push({ replies: await repliesBelow(job.folder), calls: server.calls.length });
    });
    if (stdout === '') return { kills, broken: [`it failed: ${stderr}`] };
    if (!isWhole(stdout)) broken.push('what came out is not all that there is');
    const replies = await repliesBelow(job.folder);
    for (const { replies: before, calls } of standings) {
      if (server.calls.slice(calls).some((call) => before.has(promptOf(call))))
        broken.push('a request was sent again though its reply was on disk');
      for (const [prompt, hash] of before) {
        if (replies.get(prompt) !== hash) broken.push('a reply was lost');
      }
    }
    return { kills, broken };
  } finally {
    await server.close();
  }
}

function promptOf({ body }: Call): string {
  return digest(body.messages ?? []);
}

/** Hashes of the replies in all ledgers, by the hash of the prompt. */
async function repliesBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const replies = new Map<string, string>();
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((entry) => path.basename(entry) === 'ledger.jsonl')) {
    const run = await readRun(path.dirname(path.join(folder, name)));
    for (const { index, sha256 } of run.replies) {
      const asked = run.entries.find((entry) => entry.event === 'request' && entry.index === index);
      if (asked?.event !== 'request') continue;
      replies.set(asked.prompt, sha256);
    }
  }
  return replies;
}
