import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { chartmark } from './chartmark.ts';

const gold =
  'Gout\tB-Disease\nand\tO\nrenal\tB-Disease\nfailure\tI-Disease\n.\tO\n\nNo\tO\naspirin\tB-Chemical\n';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
  await writeFile(path.join(cwd, 'gold.bio'), gold);
});

describe('chartmark evaluate', () => {
  test('scores exact matches and prints the whole report as JSON', async () => {
    const predicted = gold.replace('failure\tI-Disease', 'failure\tO');
    await writeFile(path.join(cwd, 'pred.bio'), predicted);
    const { code, stdout } = await chartmark(
      ['evaluate', '--gold', 'gold.bio', '--pred', 'pred.bio', '--json'],
      { cwd },
    );
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      task: 'ner',
      mode: 'strict',
      scheme: 'IOB2',
      micro: { precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 },
      types: { Chemical: { f1: 1 }, Disease: { f1: 0.5 } },
      counts: { correct: 2, missed: 0, spurious: 0, type: 0, boundary: 1 },
    });
    expect(report.interval.f1).toHaveLength(2);
  });

  test('scores only the labels asked for', async () => {
    await writeFile(path.join(cwd, 'pred.bio'), gold.replaceAll('Disease', 'Chemical'));
    const args = ['evaluate', '--gold', 'gold.bio', '--pred', 'gold.bio', '--labels', 'Chemical', '--json'];
    const { stdout } = await chartmark(args, { cwd });
    expect(JSON.parse(stdout).micro).toMatchObject({ f1: 1, support: 1 });
  });

  test('says whether a second prediction differs by more than chance', async () => {
    await writeFile(path.join(cwd, 'pred.bio'), gold.replace('aspirin\tB-Chemical', 'aspirin\tO'));
    const args = ['evaluate', '--gold', 'gold.bio', '--pred', 'pred.bio', '--compare', 'gold.bio', '--json'];
    const { stdout } = await chartmark(args, { cwd });
    expect(JSON.parse(stdout).comparison.difference).toBeCloseTo(0.2);
  });

  test('writes the report in the form of the file ending', async () => {
    const args = ['evaluate', '--gold', 'gold.bio', '--pred', 'gold.bio', '--out', 'reports/r.html'];
    expect((await chartmark(args, { cwd })).code).toBe(0);
    expect(await readFile(path.join(cwd, 'reports', 'r.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  });

  test('scores relation rows', async () => {
    const row = (label: number, i: number): string => `@GENE$ and @DISEASE$ in study ${i}.\t${label}\n`;
    await writeFile(path.join(cwd, 'gold.tsv'), [1, 1, 0, 0].map(row).join(''));
    await writeFile(path.join(cwd, 'pred.tsv'), [1, 0, 1, 0].map(row).join(''));
    const args = ['evaluate', '--task', 're', '--gold', 'gold.tsv', '--pred', 'pred.tsv', '--json'];
    const { stdout } = await chartmark(args, { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ task: 're', micro: { precision: 0.5, recall: 0.5, f1: 0.5 } });
  });

  test('names the file and line of a broken line, and exits with 1', async () => {
    await writeFile(path.join(cwd, 'bad.bio'), 'Gout\tB-Disease\nrenal\n');
    const { code, stderr, stdout } = await chartmark(
      ['evaluate', '--gold', 'bad.bio', '--pred', 'gold.bio'],
      { cwd },
    );
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^bad\.bio:2: /);
  });
});

describe('chartmark convert', () => {
  test('goes from BIO to brat and back without losing a mention', async () => {
    expect((await chartmark(['convert', 'gold.bio', '--to', 'brat', '--out', 'brat'], { cwd })).code).toBe(0);
    const names = await readdir(path.join(cwd, 'brat'));
    expect(names.sort()).toEqual(['.chartmark-written.jsonl', 'gold.ann', 'gold.txt']);
    const back = await chartmark(['convert', 'brat', '--to', 'bio', '--out', 'back.bio', '--json'], { cwd });
    expect(JSON.parse(back.stdout)).toMatchObject({ documents: 1, dropped: [] });
    const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
    expect(lines(await readFile(path.join(cwd, 'back.bio'), 'utf8'))).toEqual(lines(gold));
  });

  test('calls the relation of a tagged pair by its type in the project', async () => {
    const pair = { text: '<Disease>Gout</Disease> by <Gene>ABCG2</Gene>.', label: 1 };
    await writeFile(path.join(cwd, 'pairs.jsonl'), `${JSON.stringify(pair)}\n`);
    const args = 'convert pairs.jsonl --to jsonl --out named.jsonl'.split(' ');
    expect((await chartmark(args, { cwd })).code).toBe(0);
    expect(JSON.parse(await readFile(path.join(cwd, 'named.jsonl'), 'utf8'))).toMatchObject({
      relations: [{ head: 'T2', tail: 'T1', label: 'association' }],
    });
    const bio = await chartmark('convert named.jsonl --to bio --out named.bio'.split(' '), { cwd });
    expect(bio.stderr).toContain('left out, because the format cannot represent them: 1 relation');
    const other = await chartmark([...args, '--relation-type', 'cause'], { cwd });
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('The project has no relation type "cause".');
  });
});

describe('chartmark check', () => {
  test('a clean file exits with 0', async () => {
    const { code, stdout } = await chartmark(['check', 'gold.bio', '--json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: 1, errors: 0, problems: [] });
  });

  test('a broken line is named with its next step, and exits with 1', async () => {
    await writeFile(path.join(cwd, 'bad.bio'), 'Gout\tDisease\n');
    const { code, stdout } = await chartmark(['check', 'bad.bio'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^bad\.bio:1:\d+: error: /);
  });
});

describe('wrong usage', () => {
  test.each([
    [['evaluate', '--gold', 'gold.bio']],
    [['train', '--train', 'gold.bio', '--out', 'm', '--epochs', 'many']],
    [['nonsense']],
    [['evaluate', '--gold', 'gold.bio', '--pred', 'gold.bio', '--out', 'report.docx']],
  ])('%j exits with 2 and says why', async (args) => {
    const { code, stderr } = await chartmark(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });

  test('every command has a help page that exits with 0', async () => {
    for (const command of ['demo', 'generate', 'train', 'annotate', 'evaluate', 'convert', 'check']) {
      const { code, stdout } = await chartmark([command, '--help'], { cwd });
      expect([command, code]).toEqual([command, 0]);
      expect(stdout).toContain('Usage:');
    }
  });
});
