import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replayWritten } from '../../support/replayWritten.ts';
import { brokenPromises } from '../../support/runInvariants.ts';
import { writeTinyBase } from '../../unit/training/tinyBase.ts';
import { chartmark } from '../cli/chartmark.ts';

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-written-'));
});
afterEach(() => rm(cwd, { recursive: true }));

const fileOf = (name: string): string => path.join(import.meta.dirname, 'written', `${name}.jsonl`);

/** What a command prints; throws when it fails. */
async function ran(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await chartmark(args, { cwd });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

describe('sentences of a large model come out of a run as they were tagged, whatever form the replies have', () => {
  test('abstracts, of which check has nothing to say and which a model is trained on', async () => {
    const replay = await replayWritten(fileOf('sentences'), { textsPerRequest: 2, seed: 6, cwd });
    expect([...replay.forms.keys()].toSorted()).toEqual([
      'a bare list',
      'asked',
      'cut off',
      'fenced',
      'in prose',
      'lines',
    ]);
    expect(replay.differing).toEqual([]);
    expect(brokenPromises(replay, 32)).toEqual([]);
    // Nothing but the text in whose middle a reply was cut off.
    const reasons = replay.rejected.map(({ reason }) => reason);
    expect(reasons).toEqual(Array.from({ length: replay.forms.get('cut off') ?? 0 }, () => 'malformed'));
    expect(await ran('check', 'run/accepted.jsonl', '--project', '.')).toBe('1 file, 0 errors, 0 warnings\n');

    await writeTinyBase(path.join(cwd, 'base'));
    await ran(...'train --base base --train run --out model --epochs 1'.split(' '));
    await ran(...'annotate run/accepted.jsonl --model model --out found'.split(' '));
  });

  test('notes with four types', async () => {
    const replay = await replayWritten(fileOf('notes'), { textsPerRequest: 3, seed: 2, cwd });
    expect(replay.differing).toEqual([]);
    expect(brokenPromises(replay, 8)).toEqual([]);
    const labels = replay.documents.flatMap(({ spans }) => spans.map(({ label }) => label));
    expect(new Set(labels)).toEqual(new Set(['Disease', 'Chemical', 'Procedure', 'Dosage']));
  });

  test('that are about the names that were asked for', async () => {
    const replay = await replayWritten(fileOf('sentences'), {
      textsPerRequest: 5,
      seed: 1,
      cwd,
      isByNames: true,
    });
    expect(replay.differing).toEqual([]);
    expect(replay.rejected.filter(({ reason }) => reason !== 'malformed')).toEqual([]);
    expect(
      replay.documents.filter(({ meta }) => (meta['seeds'] as string[]).length > 0).length,
    ).toBeGreaterThan(10);
  });

  test('pairs of gene and disease, of which a model is trained; a name that stands there again is refused', async () => {
    const replay = await replayWritten(fileOf('relations'), { textsPerRequest: 4, seed: 3, cwd });
    expect(replay.differing).toEqual([]);
    expect(brokenPromises(replay, 13)).toEqual([]);
    expect(replay.rejected.filter(({ reason }) => reason !== 'malformed')).toEqual([
      expect.objectContaining({ reason: 'untagged-mention', text: expect.stringContaining('AKT1-GSK3') }),
    ]);
    expect(await ran('check', 'run/accepted.jsonl', '--project', '.')).toContain(' 0 errors, 0 warnings');

    await writeTinyBase(path.join(cwd, 'base'));
    await ran(...'train --task re --base base --train run --out model --epochs 1'.split(' '));
  });
});
