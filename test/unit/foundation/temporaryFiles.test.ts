import { hash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomic } from '../../../src/foundation/atomicFile.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-temporary-'));
});
afterEach(() => rm(folder, { recursive: true }));

const here = hash('sha256', hostname()).slice(0, 8);
/** More than any process id. */
const dead = 2 ** 30;

async function leave(pid: number, host = here): Promise<string> {
  const name = `.chartmark-${pid}-${host}-${randomUUID()}.tmp`;
  await writeFile(path.join(folder, name), 'half a note');
  return name;
}

test('a write removes what killed processes of this computer left in its folder', async () => {
  await leave(dead);
  await leave(process.pid);
  await writeFileAtomic(path.join(folder, 'note.ann'), '');
  expect(await readdir(folder)).toEqual(['note.ann']);
});

test('a write leaves files that are being written, and files of others', async () => {
  const names = [await leave(process.ppid), await leave(dead, '00000000'), '.note.txt.tmp'];
  await writeFile(path.join(folder, '.note.txt.tmp'), 'not ours');
  await writeFileAtomic(path.join(folder, 'note.ann'), '');
  expect((await readdir(folder)).sort()).toEqual([...names, 'note.ann'].sort());
});

test('a file of another computer is left over after a day', async () => {
  const name = await leave(dead, '00000000');
  const before = Date.now() / 1000 - 25 * 60 * 60;
  await utimes(path.join(folder, name), before, before);
  await writeFileAtomic(path.join(folder, 'note.ann'), '');
  expect(await readdir(folder)).toEqual(['note.ann']);
});

test('many writes at once into one folder do not disturb each other', async () => {
  const names = Array.from({ length: 50 }, (_, i) => `note-${i}.ann`).sort();
  await Promise.all(names.map((name) => writeFileAtomic(path.join(folder, name), name)));
  expect((await readdir(folder)).sort()).toEqual(names);
});
