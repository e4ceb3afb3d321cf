import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { chartmark } from './chartmark.ts';

const secret = 'quiet orchard gate was left open by nobody we know';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
  await writeFile(path.join(cwd, 'note.txt'), `First line.\nThen the ${secret}, he said.\n`);
  const synthetic = [{ text: 'Nothing of it.' }, { text: `Once the ${secret.toUpperCase()}.` }];
  await writeFile(
    path.join(cwd, 'accepted.jsonl'),
    synthetic.map((document) => `${JSON.stringify(document)}\n`).join(''),
  );
});

describe('chartmark overlap', () => {
  test('names file, line and length on both sides, fails, and prints no text', async () => {
    const args = ['overlap', 'accepted.jsonl', '--with', 'note.txt', '--words', '8'];
    const { code, stdout, stderr } = await chartmark(args, { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('accepted.jsonl:2: 11 words are in note.txt:2\n');
    expect((stdout + stderr).toLowerCase()).not.toContain('orchard');
  });

  test('reads token lines and relation rows', async () => {
    const tokens = ['Pre', '.', ...secret.split(' ')].map((word) => `${word}\tO\n`).join('');
    await writeFile(path.join(cwd, 'own.bio'), tokens);
    await writeFile(
      path.join(cwd, 'rows.tsv'),
      `sentence\tlabel\n@GENE$ and @DISEASE$\t0\n${secret} @GENE$\t1\n`,
    );
    const args = ['overlap', 'rows.tsv', '--with', 'own.bio', '--words', '8', '--json'];
    const { code, stdout } = await chartmark(args, { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      texts: 2,
      words: 8,
      overlaps: [{ file: 'rows.tsv', line: 3, words: 10, ownFile: 'own.bio', ownLine: 3 }],
    });
  });

  test('succeeds when nothing is copied', async () => {
    const { code, stdout } = await chartmark(['overlap', 'accepted.jsonl', '--with', 'note.txt'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe('2 texts, 0 overlaps of 13 words or more\n');
  });
});
