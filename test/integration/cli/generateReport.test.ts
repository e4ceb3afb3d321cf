import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chartmark } from './chartmark.ts';

test('chartmark generate says what came beside what was asked, and keeps it in the run', async () => {
  const cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
  const args = ['generate', '--count', '60', '--out', 'run'];
  const { code, stdout, stderr } = await chartmark(args, { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain('1 request in flight');
  expect(stderr).toContain('60 of 60 accepted');
  expect(stderr).not.toContain('complete');
  expect(stdout).toContain('texts without a mention or relation: 40.0% (requested: 40.0%)');
  const report = JSON.parse(await readFile(path.join(cwd, 'run', 'report.json'), 'utf8'));
  expect(report).toMatchObject({ texts: 60, negative: { asked: 0.4, got: 0.4 } });

  expect(stdout).toContain('Files: run/accepted.jsonl, run/rejected.jsonl (with reasons), run/report.json');
  expect(stdout).toMatch(/Next: .*chartmark train --train run\n/);

  const again = await chartmark([...args, '--resume', '--json'], { cwd });
  expect(again.stderr).toContain('The run was complete: it already had 60 texts. Nothing was requested.');
  expect(JSON.parse(again.stdout)).toMatchObject({ accepted: 60, balance: report });
});

test('chartmark generate --names lexicon writes about names of the lexicon, none far more often than another', async () => {
  const cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
  const args = ['generate', '--count', '200', '--out', 'run', '--names', 'lexicon', '--json'];
  const { balance } = JSON.parse((await chartmark(args, { cwd })).stdout);
  expect(balance.seeds.asked).toBeGreaterThan(2000);
  expect(balance.seeds.used).toBeGreaterThan(80);
  expect(balance.seeds.most).toBeLessThanOrEqual(3);
  // The names do not depend on the count: a run can be gone on with for more texts.
  const more = await chartmark([...args, '--count', '240', '--resume'], { cwd });
  expect(JSON.parse(more.stdout)).toMatchObject({ accepted: 240 });
});

test('chartmark generate says which relations it writes about, and takes only those that are there', async () => {
  const cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-cli-'));
  const args = ['generate', '--task', 're', '--count', '4', '--out', 'run'];
  const { code, stderr } = await chartmark([...args, '--relation', 'association'], { cwd });
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining('about the relation association (Gene, Disease)'),
  ]);
  const unknown = await chartmark([...args, '--relation', 'heals'], { cwd });
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('Choose from association.')]);
  const mentions = await chartmark(['generate', '--relation', 'association', '--out', 'run'], { cwd });
  expect(mentions.code).toBe(2);
});
