import { newReading, runFolders } from '../../../src/runs/runFolders.ts';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  holdsRelationRows,
  readDocuments,
  readRelationRows,
  readTextDocument,
} from '../../../src/corpus/read.ts';
import { asyncFailure } from './failure.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-read-'));
});

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

async function ids(glob: string): Promise<string[]> {
  return (await readDocuments([path.join(folder, glob)], newReading())).map(({ id }) => id);
}

describe('reading documents', () => {
  test('reads a folder and its subfolders in order, with IDs by path', async () => {
    await put('b/note.txt', 'Has gout.');
    await put('b/note.ann', 'T1\tDisease 4 8\tgout\n');
    await put('a.bio', 'gout\tB-Disease\n');
    await put('c.jsonl', '{"text":"x"}\n');
    await put('d.txt', '\uFEFFNo finding.');
    await put('rows.tsv', 'A sentence.\t1\n');
    await put('README.md', 'ignored');
    await put('.hidden/x.bio', 'ignored');
    await put('node_modules/x.bio', 'ignored');
    const documents = await readDocuments([folder], newReading());
    expect(documents.map(({ id, spans }) => [id, spans.length])).toEqual([
      ['a', 1],
      ['b/note', 1],
      ['c:1', 0],
      ['d', 0],
    ]);
    expect(documents[3]?.text).toBe('No finding.');
  });

  test('reads a brat pair once, given either file', async () => {
    const text = await put('note.txt', 'Has gout.');
    const annotations = await put('note.ann', 'T1\tDisease 4 8\tgout\n');
    expect(await readDocuments([text], newReading())).toEqual(
      await readDocuments([annotations], newReading()),
    );
    expect(await readDocuments([text, annotations], newReading())).toHaveLength(1);
    expect((await readTextDocument(text)).spans).toEqual([]);
  });

  test('finds the text of annotations by their last extension only', async () => {
    await put('visit.ann.txt', 'Has gout.');
    const annotations = await put('visit.ann.ann', 'T1\tDisease 4 8\tgout\n');
    const [document] = await readDocuments([annotations], newReading());
    expect(document?.spans).toHaveLength(1);
  });

  test('reads the files of a folder in the order of their names, whatever order the disk has', async () => {
    const names = ['z', 'm', 'b', 'y', 'a', 'c', 'x', 'n'];
    for (const name of names) await put(`sorted/${name}.bio`, 'a\tO\n');
    expect(await ids('sorted/*.bio')).toEqual(names.toSorted());
  });

  test('reads globs', async () => {
    await put('x/a.bio', 'a\tO\n');
    await put('x/y/b.bio', 'b\tO\n');
    await put('x/c.conll', 'c\tO\n');
    expect(await ids('x/*.bio')).toEqual(['a']);
    expect(await ids('**/*.bio')).toEqual(['a', 'b']);
    expect(await ids('x/*.{bio,conll}')).toEqual(['a', 'c']);
    expect(await ids('x/?.bio')).toEqual(['a']);
  });

  test.each<[string, string, string | Uint8Array, string, number | undefined]>([
    ['UTF-16', 'a.bio', Buffer.from('\uFEFFa\tO\n', 'utf16le'), 'UTF-16', undefined],
    ['UTF-16 without a mark', 'a.bio', Buffer.from('a\tO\n', 'utf16le'), 'NUL', 1],
    ['Latin-1', 'a.txt', Buffer.from('fine\ncaf\u00e9\n', 'latin1'), 'UTF-8', 2],
    ['a broken BIO line', 'a.bio', 'a\tO\nb\n', 'BIO', 2],
    ['a broken JSON line', 'a.jsonl', '{}\n', 'no "text"', 1],
    ['relation rows', 'a.tsv', 'A sentence.\t1\n', 'relation rows', undefined],
    ['annotations without their text', 'a.ann', '', 'missing', undefined],
  ])('says what is wrong with %s, where, and what to do', async (_name, file, content, message, line) => {
    const place = await put(file, content);
    const error = await asyncFailure(readDocuments([place], newReading()));
    expect(error.message).toContain(message);
    expect(error.place).toEqual(line === undefined ? { file: place } : { file: place, line });
    expect(error.nextStep).not.toBe(undefined);
  });

  test('says that there is no such file, or no data file', async () => {
    expect(
      (await asyncFailure(readDocuments([path.join(folder, 'none.bio')], newReading()))).message,
    ).toContain('not exist');
    expect((await asyncFailure(readDocuments([folder], newReading()))).message).toContain('no data file');
    expect((await asyncFailure(readDocuments([path.join(folder, '*.bio')], newReading()))).message).toContain(
      'no data file',
    );
  });
});

describe('reading relation rows', () => {
  test('ignores other files in a folder, but not one that was given', async () => {
    await put('rows.tsv', 'A sentence.\t1\n');
    const other = await put('a.bio', 'a\tO\n');
    for (const paths of [folder, path.join(folder, '*.tsv'), path.join(folder, '*')]) {
      expect(await readRelationRows([paths], runFolders)).toEqual([{ text: 'A sentence.', label: '1' }]);
    }
    expect((await asyncFailure(readRelationRows([other], runFolders))).message).toContain('token lines');
  });

  test.each([
    ['rows.tsv', 'A @GENE$ sentence.\t1\n', true],
    ['rows.jsonl', '\n{"text":"A <Gene>B</Gene> <Disease>c</Disease>","label":0}\n', true],
    ['spans.jsonl', '{"text":"a","label":[[0,1,"X"]]}\n', false],
    ['own.jsonl', '{"text":"a","label":"news","spans":[],"relations":[]}\n', false],
    ['tagged.jsonl', '{"text":"a <Disease>cold</Disease>"}\n', false],
    ['broken.jsonl', '{', false],
  ])('distinguishes files with rows from files with documents: %s', (file, source, expected) => {
    expect(holdsRelationRows(file, source)).toBe(expected);
  });
});
