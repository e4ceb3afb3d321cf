import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ChatServer,
  type ChatServerOptions,
  startChatServer,
} from '../../support/chatServer/chatServer.ts';
import { givenTexts, relationReply, taggedReply } from '../../support/chatServer/directAnswers.ts';
import { isAtWork } from '../../faults/killing.ts';
import { readRun } from '../../support/runInvariants.ts';
import { chartmark, startChartmark } from './chartmark.ts';

const words = { gout: 'Disease', asthma: 'Disease', allopurinol: 'Chemical' };
const note = 'He has gout and asthma.\nGiven  allopurinol\nat home.\n\n\u{1F600} Nothing of note.\n';

let cwd = '';
let server: ChatServer | undefined;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-extract-'));
  await file(
    'chartmark.json',
    JSON.stringify({ generation: { prices: { house: { input: 1, output: 4 } } } }),
  );
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(cwd, { recursive: true });
});

async function file(name: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
  await writeFile(path.join(cwd, name), content);
}

function read(name: string): Promise<string> {
  return readFile(path.join(cwd, name), 'utf8');
}

async function start(options: ChatServerOptions = {}): Promise<ChatServer> {
  server = await startChatServer({ write: (_, body) => taggedReply(body, words), ...options });
  return server;
}

/** `remote` speaks to the same server by an address that is not taken for this computer. */
function extractArgs(inputs: readonly string[], ...more: readonly string[]): string[] {
  return [
    'extract',
    ...inputs,
    '--base-url',
    server?.baseUrl ?? '',
    '--model',
    'house',
    '--out',
    'out',
    ...more,
  ];
}

function remoteArgs(inputs: readonly string[], ...more: readonly string[]): string[] {
  return extractArgs(inputs, '--base-url', remoteUrl(), ...more);
}

function remoteUrl(): string {
  return (server?.baseUrl ?? '').replace('127.0.0.1', '0.0.0.0');
}

const env = { CHARTMARK_API_KEY: 'k-secret' };

/** A BIO file of so many sentences, each with one mention. */
function bioOf(sentences: number): string {
  return Array.from(
    { length: sentences },
    (_, i) => `Case\tO\n${i}\tO\nhas\tO\ngout\tB-Disease\n.\tO\n\n`,
  ).join('');
}

describe('chartmark extract', () => {
  test('writes what the model tagged in a note as standoff beside it, at the right places', async () => {
    await start();
    await file('notes/a.txt', note);
    const { code, stderr, stdout } = await chartmark(extractArgs(['notes']), { cwd });
    expect(stderr).toMatch(/Mentions in 4 sentences of 1 text from openai \(house\), local: 127\.0\.0\.1/);
    expect(code).toBe(0);
    expect(stdout).toBe('out/a.txt\nout/a.ann\n');
    expect(await read('out/a.txt')).toBe(note);
    expect(await read('out/a.ann')).toBe(
      'T1\tDisease 7 11\tgout\nT2\tDisease 16 22\tasthma\nT3\tChemical 31 42\tallopurinol\n',
    );
  });

  test('keeps the tokens of a BIO file, and evaluate scores it', async () => {
    await start();
    await file('gold.bio', bioOf(25));
    expect((await chartmark(extractArgs(['gold.bio'], '--per-request', '7'), { cwd })).code).toBe(0);
    expect(await read('out/gold.bio')).toBe(bioOf(25));
    expect(server?.calls).toHaveLength(4);
    const scored = await chartmark(['evaluate', '--gold', 'gold.bio', '--pred', 'out', '--json'], { cwd });
    expect(JSON.parse(scored.stdout)).toMatchObject({ micro: { f1: 1, support: 25 } });
  });

  test('never sends the tags that a file has', async () => {
    await start();
    await file(
      'gold.jsonl',
      '{"id":"x","text":"Took aspirin for gout.","spans":[{"start":5,"end":12,"label":"Chemical"}]}\n',
    );
    const { code } = await chartmark(extractArgs(['gold.jsonl'], '--types', 'Disease'), { cwd });
    expect(code).toBe(0);
    expect(givenTexts(server?.calls[0]?.body ?? {})).toEqual(['Took aspirin for gout.']);
    expect(JSON.parse(await read('out/gold.jsonl'))).toMatchObject({
      id: 'x',
      spans: [{ start: 17, end: 21, label: 'Disease' }],
    });
  });

  test('refuses what is left out, reworded or made up, says so, and keeps the rest', async () => {
    await start({
      write: (_, body) =>
        taggedReply(body, words, (tagged, position) => {
          if (position === 0) return [];
          if (position === 1) return [tagged.replace('Case', 'The patient of case')];
          return position === 2 ? [tagged, 'He also has <Disease>lupus</Disease>.'] : [tagged];
        }),
    });
    await file('gold.bio', bioOf(5));
    const { code, stdout } = await chartmark(extractArgs(['gold.bio'], '--json'), { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      texts: 1,
      mentions: 3,
      unanswered: 2,
      refusedByReason: { missing: 1, reworded: 1, 'not-given': 2 },
    });
    const sentences = (await read('out/gold.bio')).split('\n\n').map((block) => block.includes('B-Disease'));
    expect(sentences.slice(0, 5)).toEqual([false, false, true, true, true]);
    const { rejected } = await readRun(path.join(cwd, 'out/.extract'));
    expect(rejected).toHaveLength(4);
  });

  test('gets through a service that fails in every way, and loses nothing', async () => {
    await start({
      schedule: ({ number }) =>
        [
          { kind: 'status', status: 503 } as const,
          { kind: 'drop', when: 'before' } as const,
          undefined,
          { kind: 'drop', when: 'mid-body' } as const,
          { kind: 'invalid-json' } as const,
          { kind: 'status', status: 429, headers: { 'retry-after': '0' } } as const,
        ][number],
    });
    await file('gold.bio', bioOf(60));
    const { code } = await chartmark(extractArgs(['gold.bio']), { cwd });
    expect(code).toBe(0);
    expect(await read('out/gold.bio')).toBe(bioOf(60));
  });

  test('counts sentences whose reply was refused or filtered as empty, and asks again about those that one was cut off before', async () => {
    const kinds = ['refusal', 'content-filter', 'truncated'] as const;
    await start({
      schedule: ({ number }) => (number < 3 ? { kind: kinds[number] as (typeof kinds)[number] } : undefined),
    });
    await file('gold.bio', bioOf(40));
    const { code, stdout } = await chartmark(extractArgs(['gold.bio'], '--concurrency', '1', '--json'), {
      cwd,
    });
    expect(code).toBe(0);
    const { mentions, unanswered, refusedByReason } = JSON.parse(stdout);
    expect(refusedByReason).toEqual({ refusal: 10, 'content-filter': 10 });
    expect({ mentions, unanswered }).toEqual({ mentions: 20, unanswered: 20 });
    // Two refused ones, the one that was cut off, the last one, and what was cut off in two halves.
    expect(server?.calls).toHaveLength(6);
  });

  test('goes on after kill -9 without asking again what was answered', async () => {
    // From the 15th on requests wait until the process that sent them is no more.
    let isKilled = false;
    await start({
      latency: 10,
      schedule: ({ number }) => (number < 14 || isKilled ? undefined : { kind: 'silence' }),
    });
    await file('gold.bio', bioOf(400));
    const { child, ended } = startChartmark(extractArgs(['gold.bio']), { cwd });
    while ((server?.calls.length ?? 0) < 14 && isAtWork(child))
      await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    const { code, stderr } = await ended;
    expect(code, stderr).toBeNull();
    isKilled = true;
    const replied = new Set(
      (await readRun(path.join(cwd, 'out/.extract'))).replies.map(({ index }) => index),
    );
    expect(replied.size).toBeGreaterThan(5);
    const before = server?.calls.length ?? 0;
    const again = await chartmark(extractArgs(['gold.bio']), { cwd });
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toMatch(/There is already a run in this folder/);
    expect((await chartmark(extractArgs(['gold.bio'], '--resume'), { cwd })).code).toBe(0);
    expect(await read('out/gold.bio')).toBe(bioOf(400));
    expect(server?.calls.slice(before).filter(({ index }) => replied.has(index ?? -1))).toEqual([]);
    const all = (await readRun(path.join(cwd, 'out/.extract'))).replies.map(({ index }) => index);
    expect(new Set(all).size).toBe(40);
    expect(all).toHaveLength(40);
    // Once more: everything is there, and nothing is asked.
    const asked = server?.calls.length;
    expect((await chartmark(extractArgs(['gold.bio'], '--resume'), { cwd })).code).toBe(0);
    expect(server?.calls).toHaveLength(asked ?? 0);
    await file('gold.bio', bioOf(401));
    const other = await chartmark(extractArgs(['gold.bio'], '--resume'), { cwd });
    expect(other.stderr).toMatch(/run\.json: Texts have changed since the run was started, in gold\.bio\./);
    expect(other.stderr).not.toContain('About');
    // Six processes, each in a second or less, but not on a machine that does much else.
  }, 60_000);

  test('refuses a sentence that is longer than the model can take, by its place, and answers the others', async () => {
    await start({
      schedule: ({ body }) =>
        givenTexts(body).join('').length > 300
          ? { kind: 'status', status: 400, code: 'context_length_exceeded', message: 'Too long.' }
          : undefined,
    });
    await file('notes/a.txt', note);
    await file('notes/b.txt', `He has gout.\n\nNo asthma${' and no gout'.repeat(30)}.\n`);
    const { code, stderr } = await chartmark(extractArgs(['notes']), { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /No usable answer for 1 of 6 sentences, .*\(too-long: 1\); see out\/\.extract\/rejected/,
    );
    const { rejected } = await readRun(path.join(cwd, 'out/.extract'));
    expect(rejected).toMatchObject([{ reason: 'too-long' }]);
    expect(await read('out/.extract/rejected.jsonl')).toContain('notes/b.txt, sentence 2: ');
    expect(await read('out/b.ann')).toBe('T1\tDisease 7 11\tgout\n');
    const calls = server?.calls.length;
    expect((await chartmark(extractArgs(['notes'], '--resume'), { cwd })).code).toBe(0);
    expect(server?.calls).toHaveLength(calls ?? 0);
  });

  test('stops before its limit, and can be gone on with', async () => {
    await start({ tokens: { input: 2000, output: 500 } });
    await file('gold.bio', bioOf(100));
    const { code, stderr } = await chartmark(
      extractArgs(['gold.bio'], '--max-cost', '0.025', '--concurrency', '1'),
      { cwd },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/Limit: 0\.0250 USD/);
    expect(stderr).toMatch(/stopped before its limit/);
    expect(await readdir(path.join(cwd, 'out'))).toEqual(['.extract']);
    expect((await chartmark(extractArgs(['gold.bio'], '--resume', '--max-cost', '1'), { cwd })).code).toBe(0);
    expect(server?.calls).toHaveLength(10);
  });

  test('gives up a model that writes nothing of use, without a word of the texts', async () => {
    await start({ write: () => 'I am sorry, the patient with gout is private.' });
    await file('gold.bio', bioOf(300));
    const { code, stderr } = await chartmark(extractArgs(['gold.bio']), { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/None of the texts in the last 10 replies could be used/);
    expect(stderr).not.toMatch(/gout|patient/);
  });

  test('would not write over its input, and says so before anything is sent', async () => {
    await start();
    await file('out/gold.bio', bioOf(3));
    const { code, stderr } = await chartmark(extractArgs(['out/gold.bio']), { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/would replace an input/);
    expect(server?.calls).toHaveLength(0);
  });
});

describe('chartmark extract of relations', () => {
  const isStated = (text: string): boolean => text.includes('causes');

  test('labels rows, which evaluate scores', async () => {
    await start({ write: (_, body) => relationReply(body, 'association', isStated) });
    const rows = Array.from({ length: 23 }, (_, i) =>
      i % 2 === 0
        ? `@GENE$ causes @DISEASE$ in case ${i}.\t1\n`
        : `@GENE$ was not seen in @DISEASE$ ${i}.\t0\n`,
    ).join('');
    await file('gold.tsv', rows);
    const { code, stdout } = await chartmark(extractArgs(['gold.tsv'], '--task', 're', '--json'), { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ texts: 23, relations: 12, unanswered: 0 });
    expect(await read('out/gold.tsv')).toBe(rows);
    // The labels of the file are not shown to the model.
    expect(server?.calls[0]?.body.messages?.at(-1)?.content).not.toMatch(/\t/);
    const scored = await chartmark(
      ['evaluate', '--task', 're', '--gold', 'gold.tsv', '--pred', 'out/gold.tsv', '--json'],
      { cwd },
    );
    expect(JSON.parse(scored.stdout)).toMatchObject({ micro: { f1: 1 } });
  });

  test('joins the mentions that a note has', async () => {
    await start({ write: (_, body) => relationReply(body, 'association', isStated) });
    await file('a.txt', 'HBB causes anaemia.\nPAH was not studied in gout.\n');
    const mentions =
      'T1\tGene 0 3\tHBB\nT2\tDisease 11 18\tanaemia\nT3\tGene 20 23\tPAH\nT4\tDisease 43 47\tgout\n';
    await file('a.ann', mentions);
    const { code } = await chartmark(extractArgs(['a.txt'], '--task', 're'), { cwd });
    expect(code).toBe(0);
    expect(await read('out/a.ann')).toBe(`${mentions}R1\tassociation Arg1:T1 Arg2:T2\t\n`);
  });

  test('names every relation that may be answered in the form of the reply', async () => {
    const entityTypes = ['Gene', 'Disease', 'Chemical'].map((name) => ({ name, definition: `A ${name}.` }));
    const definition = 'One causes the other.';
    const relationTypes = [
      { name: 'GDA', head: 'Gene', tail: 'Disease', definition },
      { name: 'CID', head: 'Chemical', tail: 'Disease', definition },
    ];
    await file('chartmark.json', JSON.stringify({ entityTypes, relationTypes }));
    await start({ write: (_, body) => relationReply(body, 'GDA', isStated) });
    await file('a.txt', 'HBB and lead cause anaemia.\n');
    await file('a.ann', 'T1\tGene 0 3\tHBB\nT2\tChemical 8 12\tlead\nT3\tDisease 19 26\tanaemia\n');
    await chartmark(extractArgs(['a.txt'], '--task', 're'), { cwd });
    expect(server?.calls[0]?.body.messages?.[0]?.content).toContain('"relation": "GDA", "CID" or "none"}');
  });

  test('says that there are no mentions to join', async () => {
    await start();
    await file('a.txt', note);
    const { code, stderr } = await chartmark(extractArgs(['a.txt'], '--task', 're'), { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/No two mentions.*extract the mentions first/s);
  });
});

describe('inputs that would be written to one and the same file', () => {
  const layouts = [
    { args: ['m1/b.txt', 'm2/b.txt'], both: 'm1/b.txt and m2/b.txt', as: 'out/b.txt' },
    { args: ['m*/b.txt'], both: 'm1/b.txt and m2/b.txt', as: 'out/b.txt' },
    { args: ['q', '--format', 'jsonl'], both: 'q/a.bio and q/a.jsonl', as: 'out/a.jsonl' },
  ];
  for (const { args, both, as } of layouts) {
    test(`are refused before anything is sent: ${args.join(' ')}`, async () => {
      await start();
      for (const name of ['m1/b.txt', 'm2/b.txt', 'q/a.txt']) await file(name, note);
      await file('q/a.bio', bioOf(1));
      await file('q/a.jsonl', '{"id":"x","text":"He has gout.","spans":[]}\n');
      const { code, stderr } = await chartmark(extractArgs(args), { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain(`${both} would both be written as ${as}.`);
      expect(server?.calls).toHaveLength(0);
    });
  }

  test('are written beside each other below the folder that holds them', async () => {
    await start();
    for (const name of ['tree/m1/b.txt', 'tree/m2/b.txt', 'tree/m2/c.bio']) await file(name, note);
    await file('tree/m2/c.bio', bioOf(1));
    const { code, stdout } = await chartmark(extractArgs(['tree']), { cwd });
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual(
      ['m1/b.txt', 'm1/b.ann', 'm2/b.txt', 'm2/b.ann', 'm2/c.bio'].map((name) => `out/${name}`).concat(''),
    );
  });
});

describe('what chartmark extract sends to another computer', () => {
  const identifying = 'Seen today.\nMr. John Miller, phone 555-867-5309, has gout.\n';

  test('is told first, and nothing without consent', async () => {
    await start();
    await file('a.txt', note);
    const { code, stderr } = await chartmark(remoteArgs(['a.txt']), { cwd, env });
    expect(code).toBe(2);
    const { host } = new URL(remoteUrl());
    expect(stderr).toContain(`Mentions in 4 sentences of 1 text from openai (house), remote: ${host}`);
    expect(stderr).toMatch(/About 1 request, \d+ tokens of input and \d+ of output\.\n/);
    expect(stderr).toMatch(/About .* USD/);
    expect(stderr).toContain(`--yes-send-to ${host}`);
    expect(server?.calls).toHaveLength(0);
    expect(await readdir(cwd)).toEqual(['a.txt', 'chartmark.json']);
  });

  test('goes only to the host that was agreed to', async () => {
    await start();
    await file('a.txt', note);
    const other = await chartmark(remoteArgs(['a.txt'], '--yes-send-to', 'api.example.org'), { cwd, env });
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/would go to 0\.0\.0\.0:\d+ and not to api\.example\.org/);
    expect(server?.calls).toHaveLength(0);
    const agreed = remoteArgs(['a.txt'], '--yes-send-to', new URL(remoteUrl()).host);
    expect((await chartmark(agreed, { cwd, env })).code).toBe(0);
    expect(server?.calls).toHaveLength(1);
  });

  test('holds no identifiers: their places are told, their words are not', async () => {
    await start();
    await file('a.txt', identifying);
    await file('b.bio', 'Dr.\tO\nJane\tO\nSmith\tO\ncalled\tO\n');
    const host = new URL(remoteUrl()).host;
    const { code, stderr, stdout } = await chartmark(remoteArgs(['a.txt', 'b.bio'], '--yes-send-to', host), {
      cwd,
      env,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/a\.txt:2: name\na\.txt:2: phone\nb\.bio:[123]: name/);
    expect(stderr).toMatch(/Nothing was sent.*3 possible identifiers were found.*--allow-identifiers/s);
    expect(`${stderr}${stdout}`).not.toMatch(/Miller|5309|Smith|k-secret/);
    expect(server?.calls).toHaveLength(0);
    const allowed = remoteArgs(['a.txt'], '--yes-send-to', host, '--allow-identifiers');
    expect((await chartmark(allowed, { cwd, env })).code).toBe(0);
    expect(server?.calls).toHaveLength(1);
  });

  test('is looked through as it reads, where a file has its punctuation as tokens of their own', async () => {
    await start();
    const sentences = ['Born 04 / 17 / 1952 .', 'Call 555 - 867 - 5309 .', 'Seen by Dr . Hollis .'];
    const lines = sentences.map((sentence) => sentence.replaceAll(' ', '\tO\n'));
    await file('a.bio', `${lines.join('\tO\n\n')}\tO\n`);
    const args = remoteArgs(['a.bio'], '--yes-send-to', new URL(remoteUrl()).host);
    const { code, stderr } = await chartmark(args, { cwd, env });
    expect(code).toBe(1);
    expect(stderr).toContain('a.bio:2: date\na.bio:10: phone\na.bio:21: name\n');
    expect(server?.calls).toHaveLength(0);
  });

  test('is looked through also when only the annotations of a text are named', async () => {
    await start();
    await file('a.txt', `HBB causes anaemia in Mr. John Miller.\n`);
    await file('a.ann', 'T1\tGene 0 3\tHBB\nT2\tDisease 11 18\tanaemia\n');
    const host = new URL(remoteUrl()).host;
    const args = remoteArgs(['a.ann'], '--task', 're', '--yes-send-to', host);
    const { code, stderr } = await chartmark(args, { cwd, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/a\.txt:1: name/);
    expect(server?.calls).toHaveLength(0);
  });

  test('is only noted for a service on this computer', async () => {
    await start();
    await file('a.txt', identifying);
    const { code, stderr } = await chartmark(extractArgs(['a.txt']), { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(/a\.txt:2: name/);
  });

  test('can be looked at in a dry run, which sends and writes nothing', async () => {
    await start();
    await file('a.txt', identifying);
    const { code, stdout } = await chartmark(remoteArgs(['a.txt'], '--dry-run', '--json'), { cwd, env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      requests: 1,
      texts: 2,
      identifiers: [
        { file: 'a.txt', line: 2, kind: 'name' },
        { file: 'a.txt', line: 2, kind: 'phone' },
      ],
    });
    expect(server?.calls).toHaveLength(0);
    expect(await readdir(cwd)).toEqual(['a.txt', 'chartmark.json']);
  });
});
