import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locatedTexts } from '../../../src/corpus/locatedTexts.ts';
import { runFolders } from '../../../src/runs/runFolders.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-located-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The texts of a file, each with the lines of the places where the given words are. */
async function found(name: string, source: string, ...words: readonly string[]) {
  await writeFile(path.join(folder, name), source);
  const texts = await locatedTexts([folder], runFolders);
  return texts.map(({ file, text, lineAt }) => ({
    file: path.basename(file),
    text,
    lines: words.flatMap((word) => (text.includes(word) ? [lineAt(text.indexOf(word))] : [])),
  }));
}

describe('texts and their lines', () => {
  test('of a note are the note; a line end belongs to the line that it ends', async () => {
    const note = 'One.\nTwo three.\n\nFour.';
    expect(await found('a.txt', note, 'One', '\n', 'Two', 'three', 'Four')).toEqual([
      { file: 'a.txt', text: note, lines: [1, 1, 2, 2, 4] },
    ]);
  });

  test('of token lines are the tokens, joined by blanks', async () => {
    const bio = '# remark\nAcute\tB-Disease\ngout\tI-Disease\n\nNo\tO\nfever\tB-Disease\n';
    expect(await found('a.bio', bio, 'Acute', 'gout', 'No', 'fever')).toEqual([
      { file: 'a.bio', text: 'Acute gout No fever ', lines: [2, 3, 5, 6] },
    ]);
  });

  test('of JSON lines are one a line that is not empty', async () => {
    const lines = '{"id":"a","text":"Gout.\\nFlu."}\n\n  \n{"id":"b","text":"Rash."}\n';
    expect(await found('a.jsonl', lines, 'Gout', 'Flu', 'Rash')).toEqual([
      { file: 'a.jsonl', text: 'Gout.\nFlu.', lines: [1, 1] },
      { file: 'a.jsonl', text: 'Rash.', lines: [4] },
    ]);
  });

  test('of relation rows leave the header out', async () => {
    const rows = 'index\tsentence\tlabel\n1\t@GENE$ causes @DISEASE$ .\t1\n\n2\t@GENE$ or @DISEASE$ .\t0\n';
    const texts = await found('a.tsv', rows, 'causes', 'or');
    expect(texts.map(({ lines }) => lines)).toEqual([[2], [4]]);
  });

  test('of annotation files are none', async () => {
    await writeFile(path.join(folder, 'a.ann'), 'T1\tDisease 0 4\tGout\n');
    expect((await found('a.txt', 'Gout.')).map(({ file }) => file)).toEqual(['a.txt']);
  });
});
