import { hash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chartmark, startChartmark } from './chartmark.ts';
import { tinyWorkspace } from './tinyWorkspace.ts';

const gold = 'Gout\tB-Disease\nand\tO\nrenal\tB-Disease\nfailure\tI-Disease\n';
let cwd: string;

const file = (...parts: readonly string[]): string => path.join(cwd, ...parts);
const read = (...parts: readonly string[]): Promise<string> => readFile(file(...parts), 'utf8');
const put = async (name: string, content: string): Promise<void> => {
  await mkdir(path.dirname(file(name)), { recursive: true });
  await writeFile(file(name), content);
};

/** Runs a command that must succeed. */
async function does(...args: readonly string[]): Promise<void> {
  expect(await chartmark(args, { cwd })).toMatchObject({ code: 0 });
}

/** The sentence with which a command refuses. */
async function refusal(...args: readonly string[]): Promise<string> {
  const { code, stderr } = await chartmark(args, { cwd });
  expect({ code, stderr }).toMatchObject({ code: 1 });
  return stderr;
}

describe('chartmark convert', () => {
  beforeEach(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-outputs-'));
    await put('gold.bio', gold);
    return () => rm(cwd, { recursive: true });
  });
  const convert = ['convert', 'gold.bio', '--to', 'brat', '--out', 'brat'];

  test('can be repeated, also after its input has changed', async () => {
    await does(...convert);
    await does(...convert);
    await put('gold.bio', gold.replace('Gout', 'Lupus'));
    await does(...convert);
    expect(await read('brat/gold.txt')).toContain('Lupus');
  });

  test('never overwrites a text or annotations that it did not write, unless forced to', async () => {
    await put('brat/gold.txt', 'A note of my own.');
    await put('brat/gold.ann', 'T1\tDisease 2 6\tnote\n');
    expect(await refusal(...convert)).toMatch(
      /brat\/gold\.txt: This file exists, and Chartmark did not write it, or it was changed since\. The same is true of 1 more\. Nothing was written\. .*--force/u,
    );
    expect(await read('brat/gold.txt')).toBe('A note of my own.');
    expect(await read('brat/gold.ann')).toBe('T1\tDisease 2 6\tnote\n');
    await does(...convert, '--force');
    expect(await read('brat/gold.txt')).toContain('renal failure');
  });

  test('takes an equal text and empty annotations as its own', async () => {
    await put('brat/gold.txt', 'Gout and renal failure');
    await put('brat/gold.ann', '');
    await does(...convert);
    expect(await read('brat/gold.ann')).toContain('Disease');
  });

  test('never overwrites its own annotations after a person has changed them', async () => {
    await does(...convert);
    await appendFile(file('brat/gold.ann'), '#1\tAnnotatorNotes T1\tchecked\n');
    await put('gold.bio', gold.replace('Gout', 'Lupus'));
    expect(await refusal(...convert)).toContain('--force');
    expect(await read('brat/gold.ann')).toContain('checked');
    expect(await read('brat/gold.txt')).toContain('Gout');
  });

  test('refuses to replace an input, also behind a link and with --force', async () => {
    await put('notes/a.txt', 'He has gout.');
    await put('notes/a.ann', 'T7\tDisease 7 11\tgout\n');
    await symlink(file('notes'), file('link'));
    const before = await read('notes/a.ann');
    for (const out of ['notes/a.ann', 'link/a.ann', './notes/../notes/a.ann']) {
      const said = await refusal('convert', 'notes', '--to', 'jsonl', '--out', out, '--force');
      expect(said).toContain('would replace an input file');
    }
    expect(await read('notes/a.ann')).toBe(before);
  });

  test('does not read its earlier results when they are below its inputs', async () => {
    await does('convert', '.', '--to', 'jsonl', '--out', 'all.jsonl');
    const first = await read('all.jsonl');
    await does('convert', '.', '--to', 'jsonl', '--out', 'all.jsonl');
    expect(await read('all.jsonl')).toBe(first);
  });

  test('reads notes of the user in the folder of the results', async () => {
    await put('in/a.txt', 'He has gout.');
    await put('in/out/b.txt', 'She has asthma.');
    await does('convert', 'in', '--to', 'jsonl', '--out', 'in/out');
    expect((await read('in/out/documents.jsonl')).split('\n')).toHaveLength(3);
  });

  test('that is killed at any moment leaves whole files, and a rerun leaves nothing else', async () => {
    const notes = Array.from({ length: 100 }, (_, i) => ({
      id: `n${i}`,
      text: `Case ${i} has gout. `.repeat(200),
    }));
    await put('many.jsonl', notes.map((note) => `${JSON.stringify(note)}\n`).join(''));
    const args = (out: string) => ['convert', 'many.jsonl', '--to', 'brat', '--out', out];
    await killedAtRandom(args, 6);
  });
});

describe('chartmark annotate', () => {
  beforeAll(async () => {
    cwd = await tinyWorkspace(60);
    for (const [name, epochs] of [
      ['one', '1'],
      ['two', '8'],
    ] as const) {
      await does(...`train --base base --train train.bio --out models/${name} --epochs ${epochs}`.split(' '));
    }
    for (let i = 0; i < 60; i++)
      await put(`notes/${i}.txt`, `Patient ${i} had gout and aspirin.\n`.repeat(40));
  });
  afterAll(() => rm(cwd, { recursive: true }));
  const annotate = (out: string, ...more: readonly string[]): string[] => [
    'annotate',
    'notes',
    '--model',
    'models/one',
    '--out',
    out,
    ...more,
  ];

  test('can be repeated, also with another model and into a folder below its inputs', async () => {
    for (const out of ['out', 'notes/out']) {
      await does(...annotate(out));
      await does(...annotate(out, '--model', 'models/two'));
      expect((await readdir(file(out))).filter((name) => name.endsWith('.ann'))).toHaveLength(60);
    }
    await rm(file('notes/out'), { recursive: true });
  });

  test('never overwrites annotations by hand or another text, and says so before it annotates any', async () => {
    await does(...annotate('kept'));
    await put('kept/5.ann', 'T1\tDisease 0 7\tPatient\n');
    await put('kept/6.txt', 'Another text.');
    const said = await refusal(...annotate('kept', '--model', 'models/two'));
    expect(said).toMatch(/kept\/5\.ann: This file exists, .* 1 more\. .*--force/u);
    expect(await read('kept/5.ann')).toBe('T1\tDisease 0 7\tPatient\n');
    expect(await read('kept/6.txt')).toBe('Another text.');
    await does(...annotate('kept', '--model', 'models/two', '--force'));
    expect(await read('kept/6.txt')).toBe(await read('notes/6.txt'));
  });

  test('that is killed at any moment leaves whole files, and a rerun leaves nothing else', async () => {
    await killedAtRandom(annotate, 6);
  });
});

/**
 * Runs a command undisturbed, and again with kills at random moments. All files are whole after each kill, and a rerun gives
 * the same files as the undisturbed run, and no others.
 */
async function killedAtRandom(args: (out: string) => readonly string[], kills: number): Promise<void> {
  const started = performance.now();
  await does(...args('whole'));
  const duration = performance.now() - started;
  const names = (await readdir(file('whole'))).sort();
  const moments: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const { child, ended } = startChartmark(args('killed'), { cwd });
    moments.push(duration * (0.2 + 0.8 * Math.random()));
    await wait(moments.at(-1));
    child.kill('SIGKILL');
    await ended;
    for (const name of await readdir(file('killed')).catch(() => [])) {
      if (name.startsWith('.')) continue;
      expect(await read('killed', name), `${name}, killed after ${moments.join(', ')} ms`).toBe(
        await read('whole', name),
      );
    }
    // Whatever the moment was: as if the process had been killed while it wrote a note.
    const left = '.chartmark-1073741824-HOST-00000000-0000-0000-0000-000000000000.tmp';
    await put(`killed/${left.replace('HOST', hash('sha256', hostname()).slice(0, 8))}`, 'half a note');
  }
  await does(...args('killed'));
  expect((await readdir(file('killed'))).sort()).toEqual(names);
  for (const name of names) expect(await read('killed', name)).toBe(await read('whole', name));
}
