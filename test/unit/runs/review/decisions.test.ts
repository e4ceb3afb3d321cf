import { newReading, runFolders } from '../../../../src/runs/runFolders.ts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expandPaths } from '../../../../src/corpus/paths.ts';
import { readDocuments } from '../../../../src/corpus/read.ts';
import { lineHash } from '../../../../src/runs/review/decisions.ts';
import { dataSources } from '../../../../src/process/dataSources.ts';

let folder = '';
const lines = ['Gout hurts.', 'No mention here.', 'Asthma again.'].map((text, i) =>
  JSON.stringify({ id: `run-${i + 1}`, text, spans: [], relations: [], meta: {} }),
);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-review-'));
  await writeFile(path.join(folder, 'accepted.jsonl'), lines.map((line) => `${line}\n`).join(''));
});
afterEach(() => rm(folder, { recursive: true }));

function decision(file: 'accepted' | 'rejected', line: number, rest: object): string {
  const sha256 = lineHash(lines[line - 1] ?? '');
  return `${JSON.stringify({ at: '2026-11-24T16:00:00.000Z', by: 'human', file, line, sha256, ...rest })}\n`;
}
const review = (...decisions: string[]): Promise<void> =>
  writeFile(path.join(folder, 'review.jsonl'), decisions.join(''));
const texts = async (): Promise<string[]> => {
  const documents = await readDocuments([path.join(folder, 'accepted.jsonl')], newReading());
  return documents.map(({ text }) => text);
};

describe('the accepted texts of a run', () => {
  it('are all read where there is no review', async () => {
    expect(await texts()).toEqual(['Gout hurts.', 'No mention here.', 'Asthma again.']);
  });

  it('are read as the review leaves them: without the rejected, with the edited and the rescued', async () => {
    await review(
      decision('accepted', 2, { decision: 'reject' }),
      decision('accepted', 3, { decision: 'accept', document: { id: 'run-3', text: 'Asthma, edited.' } }),
      decision('rejected', 7, { decision: 'accept', document: { id: 'run-r7', text: 'Rescued.' } }),
    );
    expect(await texts()).toEqual(['Gout hurts.', 'Asthma, edited.', 'Rescued.']);
  });

  it('follow the last decision on each', async () => {
    await review(
      decision('accepted', 1, { decision: 'reject' }),
      decision('accepted', 2, { decision: 'reject' }),
      decision('accepted', 1, { decision: 'accept' }),
      decision('accepted', 2, { decision: 'undo' }),
      decision('rejected', 1, { decision: 'accept', document: { id: 'run-r1', text: 'Rescued.' } }),
      decision('rejected', 1, { decision: 'reject' }),
    );
    expect(await texts()).toEqual(['Gout hurts.', 'No mention here.', 'Asthma again.']);
  });

  it('are read when the review’s last line was torn off', async () => {
    const whole = decision('accepted', 2, { decision: 'reject' });
    for (const cut of [1, 10, whole.length - 2]) {
      await review(decision('accepted', 1, { decision: 'reject' }), whole.slice(0, cut));
      expect(await texts()).toEqual(['No mention here.', 'Asthma again.']);
    }
  });

  it('are refused when a reviewed line was changed since, or a line of the review is none', async () => {
    await review(decision('accepted', 2, { decision: 'reject', sha256: 'another' }));
    await expect(texts()).rejects.toMatchObject({ place: { line: 2 } });
    await review('{"file":"accepted"}\n', decision('accepted', 2, { decision: 'reject' }));
    await expect(texts()).rejects.toMatchObject({ place: { line: 1 } });
  });
});

describe('the folder of a run', () => {
  it('holds its accepted texts as data and nothing else', async () => {
    for (const name of ['ledger.jsonl', 'rejected.jsonl']) await writeFile(path.join(folder, name), '{}\n');
    await review(decision('accepted', 1, { decision: 'reject' }));
    await mkdir(path.join(folder, 'more'));
    await writeFile(path.join(folder, 'more', 'note.txt'), 'A note.');
    expect((await expandPaths([folder], runFolders)).map(({ file }) => path.basename(file))).toEqual([
      'accepted.jsonl',
    ]);
    const documents = await readDocuments([folder], newReading());
    expect(documents.map(({ text }) => text)).toEqual(['No mention here.', 'Asthma again.']);
  });

  it('is known by another hash once it was reviewed', async () => {
    const file = path.join(folder, 'accepted.jsonl');
    const [before] = await dataSources([file]);
    await review(decision('accepted', 1, { decision: 'reject' }));
    const [after] = await dataSources([file]);
    expect(before).toMatchObject({ files: 1 });
    expect(after).toMatchObject({ files: 2 });
    expect(after?.sha256).not.toBe(before?.sha256);
  });
});
