import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import {
  estimateExtraction,
  type ExtractOptions,
  runExtraction,
} from '../../../src/questions/extract/runExtraction.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import type { LedgerEntry } from '../../../src/runs/ledgerEntry.ts';
import {
  type Call,
  type ChatServer,
  type ChatServerOptions,
  startChatServer,
} from '../../support/chatServer/chatServer.ts';
import { givenTexts, taggedReply } from '../../support/chatServer/directAnswers.ts';
import type { Fault } from '../../support/chatServer/faults.ts';
import { readRun } from '../../support/runInvariants.ts';

let root = '';
let server: ChatServer;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-parts-'));
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

async function serve(behaviour: ChatServerOptions): Promise<void> {
  server = await startChatServer({
    write: (_, body) => taggedReply(body, { gout: 'Disease' }),
    ...behaviour,
  });
}

const tooLong: Fault = {
  kind: 'status',
  status: 400,
  code: 'context_length_exceeded',
  message: "This model's maximum context length is 4096 tokens.",
};
/** A model that takes so many characters of given texts. */
const takes =
  (most: number): NonNullable<ChatServerOptions['schedule']> =>
  ({ body }) =>
    lengthOf(body) > most ? tooLong : undefined;

function lengthOf(body: Call['body']): number {
  return givenTexts(body).join('').length;
}

const texts = Array.from({ length: 9 }, (_, number) => `Case ${number} has gout.`);

function options(
  more: Partial<ExtractOptions> & { readonly given?: readonly string[] } = {},
): ExtractOptions {
  const { given = texts, ...rest } = more;
  return {
    task: 'ner',
    project: defaultProject,
    labels: ['Disease'],
    provider: openAiProvider({ baseUrl: server.baseUrl, model: 'gpt-4o-mini' }),
    questions: given.map((text) => ({ task: 'ner', text })),
    out: path.join(root, 'run'),
    sending: { backoff: { base: 1, most: 2 }, concurrency: 3 },
    ...rest,
  };
}

async function repliedTo(): Promise<readonly number[]> {
  return (await readRun(path.join(root, 'run'))).replies.map(({ index }) => index);
}

/** No question is asked about again once a reply has answered it. */
function askedAfterAnswer(calls: readonly Call[]): readonly string[] {
  const answered = new Set<string>();
  return calls.flatMap(({ body, isDelivered, fault }) => {
    const given = givenTexts(body);
    const again = given.filter((text) => answered.has(text));
    if (isDelivered && fault === undefined) for (const text of given) answered.add(text);
    return again;
  });
}

describe('texts that are too many for the model', () => {
  it('are asked about in halves, and those in halves again', async () => {
    await serve({ schedule: takes(40) });
    const { answers, unanswered, costUsd } = await runExtraction(options());
    expect(unanswered).toBe(0);
    expect(answers.every((answer) => answer?.mentions.length === 1)).toBe(true);
    // 9 -> 5, 4 -> 3, 2, 2, 2 -> 2, 1: only the last ones are answered.
    expect(server.calls.filter(({ isDelivered }) => isDelivered)).toHaveLength(5);
    expect(askedAfterAnswer(server.calls)).toEqual([]);
    // What was refused costs nothing.
    expect(costUsd).toBeCloseTo(5 * 0.000045, 9);
    expect((await readRun(path.join(root, 'run'))).rejected).toEqual([]);
  });

  it('are refused one by one where one alone is too long, with its place, and the others are answered', async () => {
    await serve({ schedule: takes(80) });
    const long = `He has gout${', and is well'.repeat(20)}.`;
    const given = [...texts.slice(0, 4), long, ...texts.slice(4)];
    const sources = [
      { file: 'notes/a.txt', questions: 3 },
      { file: 'notes/b.txt', questions: 7 },
    ];
    const { answers, unanswered, refusedByReason } = await runExtraction(options({ given, sources }));
    expect({ unanswered, refusedByReason }).toEqual({ unanswered: 1, refusedByReason: { 'too-long': 1 } });
    expect(answers[4]).toBeUndefined();
    const { rejected } = await readRun(path.join(root, 'run'));
    expect(rejected).toMatchObject([
      {
        reason: 'too-long',
        detail: 'notes/b.txt, sentence 2: the request is longer than the model can take',
        text: long,
      },
    ]);
    const before = server.calls.length;
    const again = await runExtraction(options({ given, sources, resume: true }));
    expect(again).toMatchObject({ answers, unanswered: 1, refusedByReason });
    expect(server.calls).toHaveLength(before);
  });

  it('give up the run when nothing at all gets through', async () => {
    await serve({ schedule: takes(0) });
    const given = Array.from({ length: 40 }, (_, number) => `Case ${number} has gout.`);
    await expect(runExtraction(options({ given }))).rejects.toThrow(
      /None of the texts in the last 10 replies could be used, most often because of "too-long"/,
    );
  });
});

describe('texts that a reply was cut off before', () => {
  /** A service that writes so many characters of a reply. */
  const writes =
    (most: number): NonNullable<ChatServerOptions['schedule']> =>
    ({ body }) =>
      taggedReply(body, { gout: 'Disease' }).length > most ? { kind: 'truncated' } : undefined;

  it('are asked about again, and those before are not', async () => {
    await serve({ schedule: writes(200) });
    const { unanswered, refusedByReason } = await runExtraction(options());
    expect({ unanswered, refusedByReason }).toEqual({ unanswered: 0, refusedByReason: {} });
    const [first, ...later] = server.calls;
    expect(first?.fault?.kind).toBe('truncated');
    const asked = later.flatMap(({ body }) => givenTexts(body));
    expect(asked.length).toBeLessThan(texts.length);
    expect(asked).not.toContain(texts[0]);
    expect(askedAfterAnswer(server.calls)).toEqual([]);
  });

  it('are cut off for good when one alone is too much', async () => {
    await serve({
      schedule: ({ body }) =>
        givenTexts(body).some((text) => text.includes('8')) ? { kind: 'truncated' } : undefined,
    });
    const sources = [{ file: 'a.txt', questions: 9 }];
    const { answers, unanswered, refusedByReason } = await runExtraction(options({ sources }));
    expect({ unanswered, refusedByReason }).toEqual({ unanswered: 1, refusedByReason: { 'cut-off': 1 } });
    expect(answers.findIndex((answer) => answer === undefined)).toBe(8);
    const { rejected } = await readRun(path.join(root, 'run'));
    expect(rejected.map((one) => Object.values(one))).toEqual([
      [
        'cut-off',
        expect.stringMatching(/^a\.txt, sentence 9: the reply was cut off/),
        texts[8],
        expect.any(Number),
      ],
    ]);
  });
});

describe('an extraction in parts that was stopped', () => {
  it('goes on from wherever its ledger ends, and asks about nothing that was answered', async () => {
    await serve({ schedule: takes(40) });
    const whole = await runExtraction(options({ sending: { concurrency: 1 } }));
    const file = (name: string): string => path.join(root, 'run', name);
    const ledger = await readFile(file('ledger.jsonl'), 'utf8');
    const accepted = await readFile(file('accepted.jsonl'), 'utf8');
    const lines = ledger.split('\n').slice(0, -1);
    for (let kept = 1; kept < lines.length; kept++) {
      const entries = lines.slice(0, kept).map((line) => JSON.parse(line) as LedgerEntry);
      const last = entries.findLast((entry) => entry.event === 'outcome');
      await writeFile(
        file('ledger.jsonl'),
        lines
          .slice(0, kept)
          .map((line) => `${line}\n`)
          .join(''),
      );
      await writeFile(file('accepted.jsonl'), accepted.slice(0, last?.acceptedBytes ?? 0));
      const replied = new Set(entries.filter(({ event }) => event === 'reply').map(({ index }) => index));
      const calls = server.calls.length;
      const estimate = await estimateExtraction(options({ resume: true }));
      const { answers } = await runExtraction(options({ resume: true }));
      expect(answers, `after ${kept} lines`).toEqual(whole.answers);
      // What was only refused as too long is not sent again, either.
      const all = await repliedTo();
      expect(all.filter((index) => replied.has(index))).toHaveLength(replied.size);
      expect(server.calls.length - calls).toBe(all.length - replied.size);
      expect(estimate.texts).toBeLessThanOrEqual(9);
    }
  });
});

describe('an extraction of other texts than the run was begun with', () => {
  it('names the files, before anything is estimated', async () => {
    await serve({});
    const sources = [
      { file: 'a.txt', questions: 4 },
      { file: 'b.txt', questions: 5 },
    ];
    await runExtraction(options({ sources }));
    const given = texts.with(6, 'Case 6 is well.');
    const refused = /Texts have changed since the run was started, in b\.txt\./;
    await expect(estimateExtraction(options({ sources, given, resume: true }))).rejects.toThrow(refused);
    await expect(runExtraction(options({ sources, given, resume: true }))).rejects.toThrow(refused);
    await expect(runExtraction(options({ sources, resume: true, perRequest: 2 }))).rejects.toThrow(
      /started with a different perRequest/,
    );
    // A run of before files were named.
    const file = path.join(root, 'run', 'run.json');
    const { files: _, ...older } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify(older));
    await expect(runExtraction(options({ sources, given, resume: true }))).rejects.toThrow(
      /started with different texts/,
    );
    expect((await runExtraction(options({ sources, resume: true }))).unanswered).toBe(0);
  });

  it('says which line of its description is broken', async () => {
    await serve({});
    await runExtraction(options());
    const file = path.join(root, 'run', 'run.json');
    const source = await readFile(file, 'utf8');
    await writeFile(file, source.replace('"provider"', 'provider'));
    const describeOf = (error: Error & { describe(): string }): string => error.describe();
    expect(await runExtraction(options({ resume: true })).catch(describeOf)).toMatch(
      /run\.json:3: "run\.json" is not valid JSON\. Restore the file/,
    );
    await writeFile(file, '');
    expect(await runExtraction(options({ resume: true })).catch(describeOf)).toMatch(
      /run\.json:1: "run\.json" is empty/,
    );
  });
});
