import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { readBatches } from '../../../src/runs/batches/batchList.ts';
import { readLedger } from '../../../src/runs/ledger.ts';
import { parseRejectedLine } from '../../../src/runs/rejectedText.ts';
import { readDecisions } from '../../../src/runs/review/decisions.ts';
import { findRunDescription, readGenerationRun } from '../../../src/runs/runDescription.ts';
import { runFiles } from '../../../src/runs/runFiles.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-readers-'));
});
afterEach(() => rm(folder, { recursive: true }));

type Fields = Readonly<Record<string, unknown>>;

const run: Fields = {
  run: 'ner-openai-12345678',
  task: 'ner',
  provider: 'openai',
  model: 'house',
  destination: { kind: 'local', host: '127.0.0.1:1' },
  seed: 1,
  type: 'Disease',
  labels: ['Disease'],
  relations: [{ name: 'treats', head: 'Chemical', tail: 'Disease' }],
  template: 'a',
  settings: 'b',
  prompt: 'c',
  texts: 'd',
  perRequest: 3,
  files: { 'a.txt': 'e' },
  count: 12,
};
const request: Fields = {
  event: 'request',
  index: 0,
  prompt: 'p',
  style: 's',
  texts: 4,
  negatives: 1,
  relation: 'treats',
  confusable: 1,
  seeds: [{ type: 'Disease', name: 'gout' }],
  upTo: 0.1,
  batch: 1,
  questions: [0, 1],
};
const failed: Fields = { event: 'failed', index: 0, reason: 'timeout', mayBeCharged: true, last: true };
const reply: Fields = {
  event: 'reply',
  index: 0,
  sha256: 'a',
  text: 'said',
  truncated: false,
  refused: 'refusal',
  form: 'schema',
  tokens: { input: 1, output: 2 },
  costUsd: 0.01,
};
const outcome: Fields = {
  event: 'outcome',
  index: 0,
  accepted: 1,
  rejected: 0,
  acceptedBytes: 10,
  rejectedBytes: 0,
  again: [[1, 2]],
};
const rejected: Fields = { reason: 'duplicate', detail: 'd', text: 't', related: true, request: -1 };
const decision: Fields = {
  at: '2026-11-24T16:00:00.000Z',
  by: 'human',
  file: 'accepted',
  line: 1,
  sha256: 'a',
  decision: 'accept',
  document: { id: 'x' },
};
const batch: Fields = {
  number: 1,
  file: 'requests.jsonl',
  requests: 6,
  bytes: 100,
  sha256: 'a',
  form: 'schema',
  upTo: 0.1,
  upload: 'file-1',
  isAskedFor: true,
  service: { id: 'batch_1', status: 'completed', completed: 6, failed: 0, outputFile: 'o', errors: ['e'] },
  fetched: ['batches/1.output.jsonl'],
  isClosed: true,
};

const write = (name: string, content: string): Promise<void> => writeFile(path.join(folder, name), content);
const lines = (...values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
const ledgerOf = async (...values: readonly object[]): Promise<unknown> => {
  await write(runFiles.ledger, lines(...values));
  const entries = [];
  for await (const entry of readLedger(path.join(folder, runFiles.ledger), true)) entries.push(entry);
  return entries;
};

/** Each format: a whole value, and how it is read when it stands on the second line of its file. */
const formats: Readonly<Record<string, readonly [Fields, (value: object) => Promise<unknown>]>> = {
  'run.json': [
    run,
    async (value) => {
      await write(runFiles.run, `\n${JSON.stringify(value)}`);
      return findRunDescription(folder);
    },
  ],
  'a request in the ledger': [request, (value) => ledgerOf(request, value)],
  'a failure in the ledger': [failed, (value) => ledgerOf(request, value)],
  'a reply in the ledger': [reply, (value) => ledgerOf(request, value)],
  'an outcome in the ledger': [outcome, (value) => ledgerOf(request, value)],
  'a rejected text': [
    rejected,
    (value) =>
      Promise.resolve().then(() => parseRejectedLine(JSON.stringify(value), path.join(folder, 'f'), 2)),
  ],
  'a decision of a review': [
    decision,
    async (value) => {
      await write(runFiles.review, lines(decision, value));
      return readDecisions(path.join(folder, runFiles.review));
    },
  ],
  'a batch of batches.json': [
    batch,
    async (value) => {
      await write(runFiles.batches, `{"batches": [\n${JSON.stringify(value)}]}`);
      return readBatches(folder);
    },
  ],
};

/** What nobody may quote. */
const secret = [['Jane Doe']];

async function failureOf(work: Promise<unknown>): Promise<UserError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe.each(Object.entries(formats))('%s', (_, [whole, read]) => {
  it('is read', async () => {
    expect(JSON.stringify(await read(whole))).toContain(JSON.stringify(Object.values(whole)[0]));
  });

  it.each(Object.keys(whole).filter((field) => field !== 'document' && field !== 'event'))(
    'is refused with file and line, and nothing quoted, if "%s" is of another type',
    async (field) => {
      const error = await failureOf(read({ ...whole, [field]: secret }));
      expect(error.message).toContain(`"${field}"`);
      expect(error.place?.file.startsWith(folder)).toBe(true);
      expect(error.place?.line).toBe(2);
      expect(error.describe()).not.toMatch(/Jane/);
    },
  );
});

describe('parts of fields', () => {
  it.each([
    ['run.json', { ...run, destination: { kind: 'elsewhere', host: 'h' } }],
    ['run.json', { ...run, relations: [{ name: 'treats', head: 'Chemical' }] }],
    ['run.json', { ...run, task: 'translate' }],
    ['run.json', { ...run, count: -1 }],
    ['a request in the ledger', { ...request, seeds: [{ type: 'Disease' }] }],
    ['a request in the ledger', { ...request, questions: ['1'] }],
    ['a request in the ledger', { ...request, index: 1.5 }],
    ['a reply in the ledger', { ...reply, tokens: { input: '1', output: 2 } }],
    ['a reply in the ledger', { ...reply, form: 'yaml' }],
    ['an outcome in the ledger', { ...outcome, again: [['1']] }],
    ['a failure in the ledger', { ...failed, event: 'broken' }],
    ['a decision of a review', { ...decision, document: 'text' }],
    ['a decision of a review', { ...decision, line: 0 }],
    ['a batch of batches.json', { ...batch, service: { id: 'batch_1' } }],
    ['a batch of batches.json', { ...batch, isClosed: false }],
  ])('of %s are checked: %j', async (format, value) => {
    const read = formats[format]?.[1];
    expect((await failureOf(read?.(value) ?? Promise.resolve())).place?.line).toBe(2);
  });
});

describe('run.json', () => {
  it('of a generation run has what a run is resumed with', async () => {
    await write(runFiles.run, JSON.stringify(run));
    expect(await readGenerationRun(folder)).toEqual(run);
    for (const field of ['run', 'destination', 'seed', 'labels', 'settings', 'count']) {
      const { [field]: _, ...rest } = run;
      await write(runFiles.run, JSON.stringify(rest));
      expect((await failureOf(readGenerationRun(folder))).message).toBe('This is not a generation run.');
    }
    await write(runFiles.run, JSON.stringify({ ...run, task: 'verify' }));
    expect((await failureOf(readGenerationRun(folder))).place?.file).toContain(runFiles.run);
  });

  it('that is missing is no run, and no failure for one who only looks', async () => {
    expect(await findRunDescription(folder)).toBeUndefined();
    expect((await failureOf(readGenerationRun(folder))).message).toBe('There is no run in this folder.');
  });

  it('keeps a key that only a newer version knows', async () => {
    await write(runFiles.run, JSON.stringify({ ...run, mood: 'calm' }));
    expect(await findRunDescription(folder)).toMatchObject({ mood: 'calm' });
  });
});
