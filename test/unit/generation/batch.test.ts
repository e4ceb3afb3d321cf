import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatCustomId, parseCustomId } from '../../../src/generation/batches/customId.ts';
import { createPartFiles } from '../../../src/llm/batch/partFiles.ts';
import { readResultLine } from '../../../src/llm/batch/resultLine.ts';

describe('the id of a request in a batch', () => {
  it.each(['ner-openai-0a1b2c3d', 'odd-b1-2-name-b3-4-00000000'])(
    'is read again for a run called %s',
    (run) => {
      const id = { run, batch: 12, index: 345_678, prompt: '0123456789abcdef' };
      expect(parseCustomId(formatCustomId(id))).toEqual({ ...id, prompt: '01234567' });
    },
  );

  it.each(['', 'request-1', 'run-b1-2', 'run-b1-2-xyz', 'run-b1-1234567890-00000000'])(
    'is not seen in "%s"',
    (text) => expect(parseCustomId(text)).toBeUndefined(),
  );
});

describe('a line of results', () => {
  const completion = {
    choices: [{ finish_reason: 'stop', message: { content: 'text' } }],
    usage: { prompt_tokens: 3, completion_tokens: 2 },
  };
  const lineOf = (rest: object): string => JSON.stringify({ id: 'x', custom_id: 'c', ...rest });
  const status = (status_code: number, message: string): object => ({
    response: { status_code, body: { error: { message, code: null, param: null, type: 'error' } } },
    error: null,
  });

  it.each([
    [
      { response: { status_code: 200, body: completion }, error: null },
      { kind: 'reply', reply: { text: 'text', tokens: { input: 3, output: 2 } } },
    ],
    [{ response: { body: completion } }, { kind: 'reply', reply: { text: 'text' } }],
    [status(400, 'content_filter'), { kind: 'reply', reply: { text: '', refused: 'content-filter' } }],
    [
      status(400, 'response_format is not supported'),
      { kind: 'failure', reason: 'reply form refused', mayBeCharged: false },
    ],
    [
      { response: { status_code: 200, body: { error: { code: 429, message: 'secret' } } } },
      { kind: 'failure', reason: 'status 429', mayBeCharged: false },
    ],
    [
      {
        response: {
          status_code: 200,
          body: { error: { message: 'a content_filter blocked the secret', code: 400 } },
        },
      },
      { kind: 'reply', reply: { text: '', refused: 'content-filter' } },
    ],
    [status(500, 'secret'), { kind: 'failure', reason: 'status 500', mayBeCharged: false }],
    [
      { response: { status_code: 200, body: '<html>' }, error: null },
      { kind: 'failure', reason: 'no completion', mayBeCharged: true },
    ],
    [
      { response: null, error: { code: 'batch_expired', message: 'secret' } },
      { kind: 'failure', reason: 'batch_expired', mayBeCharged: false },
    ],
    [
      { response: null, error: { code: 'a secret prompt', message: '' } },
      { kind: 'failure', reason: 'error', mayBeCharged: false },
    ],
  ])('%j says %j', (rest, result) => {
    const read = readResultLine(lineOf(rest), 'host');
    expect(read).toMatchObject({ customId: 'c', result });
    expect(JSON.stringify(read)).not.toMatch(/secret/);
  });

  it.each([
    '',
    'nonsense',
    '[]',
    '{"custom_id":7}',
    lineOf({}),
    lineOf({ method: 'POST', url: '/v1', body: {} }),
  ])('is not seen in %j', (line) => expect(readResultLine(line, 'host')).toBeUndefined());
});

describe('batch files', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartmark-parts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const sizes = [100, 300, 500, 950, 10, 10, 2000, 10];
  const write = async (): Promise<ReturnType<typeof createPartFiles>> => {
    const files = createPartFiles(path.join(folder, 'f.jsonl'), 2, { requests: 3, bytes: 1000 });
    for (const size of sizes) await files.add((part) => `${part}${'é'.repeat((size - 2) / 2)}\n`);
    return files;
  };

  it('keep to both limits; a line that is larger than the limit has a file of its own', async () => {
    const parts = await (await write()).finish();
    expect(parts.map(({ number, requests, bytes }) => [number, requests, bytes])).toEqual([
      [2, 3, 900],
      [3, 3, 970],
      [4, 1, 2000],
      [5, 1, 10],
    ]);
    expect(parts.map(({ file }) => path.basename(file))).toEqual([
      'f.jsonl',
      'f-2.jsonl',
      'f-3.jsonl',
      'f-4.jsonl',
    ]);
    for (const { file, sha256, number } of parts) {
      const content = await readFile(file);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(content.toString('utf8').startsWith(String(number))).toBe(true);
    }
  });

  it('appear all together, or not at all', async () => {
    const files = await write();
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
    await files.abandon();
    expect(await readdir(folder)).toEqual([]);
  });
});
