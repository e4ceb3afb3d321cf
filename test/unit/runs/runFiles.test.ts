import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAppendLog } from '../../../src/runs/appendLog.ts';
import { groupCommit } from '../../../src/runs/groupCommit.ts';
import { fileLines } from '../../../src/runs/jsonLines.ts';
import { readLedger } from '../../../src/runs/ledger.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-files-'));
});
afterEach(() => rm(root, { recursive: true }));
const file = (): string => path.join(root, 'file.jsonl');

describe('committing in groups', () => {
  it('commits what has gathered in one go and in its order', async () => {
    const groups: number[][] = [];
    const commits = groupCommit<number>(async (group) => {
      groups.push([...group]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    const done: number[] = [];
    const add = (item: number): Promise<unknown> => commits.add(item).then(() => done.push(item));
    const first = add(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    await Promise.all([first, add(2), add(3)]);
    expect(groups).toEqual([[1], [2, 3]]);
    expect(done).toEqual([1, 2, 3]);
  });

  it('fails for good once a commit has failed', async () => {
    let calls = 0;
    const commits = groupCommit<number>(() => {
      calls++;
      return Promise.reject(new Error('disk full'));
    });
    await expect(commits.add(1)).rejects.toThrow('disk full');
    await expect(commits.add(2)).rejects.toThrow('disk full');
    expect(calls).toBe(1);
    await commits.idle();
  });
});

describe('a file that grows', () => {
  it('holds everything in order, whoever waits for it', async () => {
    const log = await openAppendLog(file());
    await Promise.all(Array.from({ length: 500 }, (_, line) => log.append(`${line}\n`)));
    await log.close();
    expect(await readFile(file(), 'utf8')).toBe(
      Array.from({ length: 500 }, (_, line) => `${line}\n`).join(''),
    );
  });
});

describe('lines of a file', () => {
  it('are whole across the pieces in which it is read, with their bytes', async () => {
    const lines = ['é'.repeat(700_000), '', 'x'.repeat(1 << 20), 'end'];
    await writeFile(file(), lines.join('\n'));
    const seen = [];
    for await (const line of fileLines(file())) seen.push(line);
    expect(seen.map(({ text }) => text)).toEqual(lines);
    expect(seen.map(({ end }) => end)).toEqual([1_400_001, 1_400_002, 2_448_579, 2_448_582]);
    expect(seen.map(({ isUnended }) => isUnended)).toEqual([false, false, false, true]);
  });

  it('come without a byte order mark, and keep their bytes', async () => {
    await writeFile(file(), '\uFEFF{"a":1}\r\n\uFEFFb\n');
    const seen = [];
    for await (const line of fileLines(file())) seen.push(line);
    expect(seen.map(({ text }) => text)).toEqual(['{"a":1}\r', '\uFEFFb']);
    expect(seen.map(({ end }) => end)).toEqual([12, 17]);
  });

  it.each(['utf16le', 'utf16be'] as const)('are none in a file of %s, which is refused', async (encoding) => {
    const bytes = Buffer.from('\uFEFF{"a":1}\n', 'utf16le');
    await writeFile(file(), encoding === 'utf16le' ? bytes : bytes.swap16());
    const read = async (): Promise<void> => {
      for await (const line of fileLines(file())) throw new Error(line.text);
    };
    await expect(read()).rejects.toThrow('The file is encoded as UTF-16.');
  });

  it('begin where they are asked to', async () => {
    await writeFile(file(), 'one\ntwo\nthree');
    const seen = [];
    for await (const line of fileLines(file(), 9, 4)) seen.push(line);
    expect(seen).toEqual([
      { text: 'two', number: 1, end: 8, isUnended: false },
      { text: 't', number: 2, end: 9, isUnended: true },
    ]);
  });

  it('are none where there is no file', async () => {
    for await (const line of fileLines(file())) throw new Error(line.text);
  });
});

describe('a ledger', () => {
  const request = '{"event":"request","index":0,"prompt":"p","style":"s","texts":1,"negatives":0,"seeds":[]}';
  const indicesOf = async (): Promise<number[]> => {
    const indices = [];
    for await (const { index } of readLedger(file())) indices.push(index);
    return indices;
  };

  it.each([
    ['half a line', '{"event":"rep'],
    ['nothing but zeros, as after a power cut', '\0\0\0\0\n\0\0\0'],
    ['a line of another kind', '[1]'],
  ])('loses %s at its end', async (_, torn) => {
    await writeFile(file(), `${request}\n${torn}`);
    expect(await indicesOf()).toEqual([0]);
    expect(await readFile(file(), 'utf8')).toBe(`${request}\n`);
  });

  it('keeps a whole line that lacks only its line end', async () => {
    await writeFile(file(), `${request}\n${request}`);
    expect(await indicesOf()).toEqual([0, 0]);
    expect(await readFile(file(), 'utf8')).toBe(`${request}\n${request}\n`);
  });

  it('refuses a whole line at its end that is none of its own, and leaves it there', async () => {
    await writeFile(file(), `${request}\n{"Event":"reply"}\n`);
    await expect(indicesOf()).rejects.toThrow(/not what Chartmark wrote/);
    expect(await readFile(file(), 'utf8')).toBe(`${request}\n{"Event":"reply"}\n`);
  });

  it('refuses a broken line before its end', async () => {
    await writeFile(file(), `${request}\n{"event":"rep\n${request}\n`);
    await expect(indicesOf()).rejects.toThrow(/not what Chartmark wrote/);
  });
});
