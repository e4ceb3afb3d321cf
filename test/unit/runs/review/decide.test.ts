import { newReading } from '../../../../src/runs/runFolders.ts';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDocuments } from '../../../../src/corpus/read.ts';
import { formatInlineTags } from '../../../../src/corpus/tagged/inlineTags.ts';
import { type Decisions, openDecisions, VerdictProblem } from '../../../../src/runs/review/decide.ts';
import { readRunReview } from '../../../../src/runs/review/readRunReview.ts';
import type { ReviewText, RunReview } from '../../../../src/runs/review/reviewText.ts';
import { brokenPromises, readRun } from '../../../support/runInvariants.ts';
import { linesOf, makeRun, project } from './reviewedRun.ts';

let folder = '';
let review: RunReview;
let decisions: Decisions;

const now = (): Date => new Date('2026-11-24T16:00:00Z');
async function open(): Promise<void> {
  review = await readRunReview(folder, project);
  decisions = openDecisions(review, 'human', now);
}
const first = (is: (text: ReviewText) => boolean): ReviewText => {
  const found = review.texts.find(is);
  if (found === undefined) throw new Error('there is no such text');
  return found;
};
const trained = async (): Promise<string[]> =>
  (await readDocuments([folder], newReading())).map(({ text }) => text);

beforeEach(async () => {
  folder = await makeRun(12);
  await open();
});
afterEach(async () => {
  await decisions.close();
  await rm(folder, { recursive: true });
});

describe('a review of a run', () => {
  it('has its accepted and rejected texts with mentions, reasons and the request that brought them', () => {
    const accepted = review.texts.filter(({ file }) => file === 'accepted');
    expect(accepted).toHaveLength(12);
    expect(accepted[4]).toMatchObject({ key: 'accepted:5', request: 1, refusal: undefined });
    expect(accepted[4]?.now.tagged.mentions.map(({ label }) => label)).toEqual(['Chemical', 'Disease']);
    const reasons = review.texts.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal.reason]));
    expect(new Set(reasons)).toEqual(new Set(['malformed', 'duplicate']));
    expect(first(({ refusal }) => refusal?.reason === 'malformed')).toMatchObject({
      request: 0,
      style: expect.stringMatching(/\w/u),
      unread: expect.stringContaining('<Disease>broken'),
    });
  });

  it('leaves no trace of a look alone', async () => {
    await decisions.close();
    expect(await readdir(folder)).not.toContain('review.jsonl');
  });

  it('leaves what the run wrote as it is, and training leaves out what was rejected', async () => {
    const before = await Promise.all(['accepted.jsonl', 'ledger.jsonl'].map((name) => linesOf(folder, name)));
    const text = first(({ key }) => key === 'accepted:3');
    await decisions.decide(text, { kind: 'reject' });
    expect(text).toMatchObject({ now: { isAccepted: false }, reviewed: { by: 'human' } });
    expect(
      await Promise.all(['accepted.jsonl', 'ledger.jsonl'].map((name) => linesOf(folder, name))),
    ).toEqual(before);
    expect(await trained()).not.toContain(text.given.tagged.text);
    expect(await trained()).toHaveLength(11);
  });

  it('keeps who decided, when, and what was there before', async () => {
    const text = first(({ key }) => key === 'accepted:1');
    const was = formatInlineTags(text.given.tagged);
    await decisions.decide(text, { kind: 'edit', tagged: 'Only <Disease>gout</Disease> is left.' });
    await decisions.decide(text, { kind: 'reject' });
    const [edit, rejection] = await linesOf(folder, 'review.jsonl');
    expect(edit).toMatchObject({
      at: '2026-11-24T16:00:00.000Z',
      by: 'human',
      file: 'accepted',
      line: 1,
      decision: 'accept',
      before: { accepted: true, text: was },
      document: {
        text: 'Only gout is left.',
        spans: [{ start: 5, end: 9, label: 'Disease', source: 'human' }],
      },
    });
    expect(rejection).toMatchObject({
      decision: 'reject',
      before: { accepted: true, text: 'Only <Disease>gout</Disease> is left.' },
    });
  });

  it('takes edits back on Undo, and accepts again what it has edited', async () => {
    const text = first(({ key }) => key === 'accepted:1');
    await decisions.decide(text, { kind: 'edit', tagged: 'Only <Disease>gout</Disease> is left.' });
    await decisions.decide(text, { kind: 'reject' });
    await decisions.decide(text, { kind: 'accept' });
    expect(await trained()).toContain('Only gout is left.');
    await decisions.decide(text, { kind: 'undo' });
    expect(text).toMatchObject({ reviewed: undefined, now: text.given });
    expect(await trained()).toEqual(
      review.texts.filter(({ file }) => file === 'accepted').map(({ given }) => given.tagged.text),
    );
  });

  it('accepts a refused text, with where it came from and why it was refused', async () => {
    const text = first(({ refusal }) => refusal?.reason === 'duplicate');
    await decisions.decide(text, { kind: 'accept' });
    const document = (await readDocuments([folder], newReading())).at(-1);
    expect(document).toMatchObject({
      id: text.id,
      text: text.given.tagged.text,
      meta: { provider: 'writer', model: 'made-up', review: { refused: 'duplicate', edited: false } },
    });
    expect(document?.spans.map(({ source }) => source)).toEqual(['llm', 'llm']);
  });

  it('does not accept a text whose tags cannot be read until they are mended', async () => {
    const text = first(({ refusal }) => refusal?.reason === 'malformed');
    await expect(decisions.decide(text, { kind: 'accept' })).rejects.toThrow(VerdictProblem);
    await expect(decisions.decide(text, { kind: 'accept' })).rejects.toThrow(/opens inside/u);
    await expect(decisions.decide(text, { kind: 'edit', tagged: 'A <Gout>new</Gout> one.' })).rejects.toThrow(
      /none of Disease, Chemical/u,
    );
    expect(await linesOf(folder, 'review.jsonl')).toEqual([]);
    await decisions.decide(text, { kind: 'edit', tagged: 'The <Disease>broken tag</Disease> is mended.' });
    expect(await trained()).toContain('The broken tag is mended.');
  });

  it('is the same after it is read anew, also when its last line was torn off', async () => {
    await decisions.decide(
      first(({ key }) => key === 'accepted:1'),
      { kind: 'reject' },
    );
    await decisions.decide(
      first(({ key }) => key === 'accepted:2'),
      { kind: 'edit', tagged: 'New text.' },
    );
    const before = review.texts.map(({ now: state, reviewed }) => [state, reviewed]);
    await decisions.close();
    await appendFile(path.join(folder, 'review.jsonl'), '{"at":"2026');
    await open();
    expect(review.texts.map(({ now: state, reviewed }) => [state, reviewed])).toEqual(before);
    await decisions.decide(
      first(({ key }) => key === 'accepted:3'),
      { kind: 'reject' },
    );
    expect(await trained()).toHaveLength(10);
    expect((await readFile(path.join(folder, 'review.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(3);
  });

  it('is what was decided before, wherever a kill has torn it off, and goes on from there', async () => {
    const edit = { kind: 'edit', tagged: 'Naïve to <Chemical>café\u{1F600}</Chemical>.' } as const;
    await decisions.decide(
      first(({ key }) => key === 'accepted:1'),
      { kind: 'reject' },
    );
    await decisions.decide(
      first(({ key }) => key === 'accepted:2'),
      edit,
    );
    await decisions.close();
    const file = path.join(folder, 'review.jsonl');
    const whole = await readFile(file);
    const secondLine = whole.indexOf(0x0a) + 1;
    const insideLetters = [...whole.keys()].filter((at) => at > secondLine && (whole[at] ?? 0) > 0x7f);
    const ends = [
      secondLine - 1,
      secondLine,
      secondLine + 1,
      whole.length - 2,
      whole.length - 1,
      whole.length,
    ];
    for (const cut of [...ends, ...insideLetters]) {
      await writeFile(file, whole.subarray(0, cut));
      const left = await trained();
      expect(left).toHaveLength(11);
      // A line that lacks nothing but its line end was decided.
      expect(left.includes('Naïve to café\u{1F600}.')).toBe(cut >= whole.length - 1);
      await open();
      await decisions.decide(
        first(({ key }) => key === 'accepted:3'),
        { kind: 'reject' },
      );
      await decisions.close();
      const text = first(({ key }) => key === 'accepted:3').given.tagged.text;
      expect(await trained()).toEqual(left.filter((other) => other !== text));
    }
  });

  it('does not get in the way of a run that goes on', async () => {
    await decisions.decide(
      first(({ key }) => key === 'accepted:2'),
      { kind: 'reject' },
    );
    await decisions.decide(
      first(({ refusal }) => refusal?.reason === 'duplicate'),
      { kind: 'accept' },
    );
    await makeRun(20, folder);
    expect(brokenPromises(await readRun(folder), 20)).toEqual([]);
    expect(await trained()).toHaveLength(20);
  });
});
