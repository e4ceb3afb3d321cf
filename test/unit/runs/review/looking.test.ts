import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDecisions } from '../../../../src/runs/review/decide.ts';
import { facetsOf, filterTexts } from '../../../../src/runs/review/filterTexts.ts';
import { readRunReview } from '../../../../src/runs/review/readRunReview.ts';
import type { ReviewText, RunReview } from '../../../../src/runs/review/reviewText.ts';
import { countTexts } from '../../../../src/runs/review/countTexts.ts';
import { makeRun, project } from './reviewedRun.ts';

let folder = '';
let review: RunReview;
beforeAll(async () => {
  folder = await makeRun(30);
  review = await readRunReview(folder, project);
  const decisions = openDecisions(review, 'human');
  await decisions.decide(review.texts[0] as ReviewText, { kind: 'reject' });
  await decisions.decide(review.texts[1] as ReviewText, { kind: 'edit', tagged: 'Nothing is tagged.' });
  await decisions.close();
});
afterAll(() => rm(folder, { recursive: true }));

describe('filters', () => {
  it('show accepted, rejected, reviewed and unreviewed texts', () => {
    const { texts } = review;
    const refused = texts.filter(({ file }) => file === 'rejected').length;
    expect(filterTexts(texts, { show: 'accepted' })).toHaveLength(29);
    expect(filterTexts(texts, { show: 'rejected' })).toHaveLength(refused + 1);
    expect(filterTexts(texts, { show: 'reviewed' })).toHaveLength(2);
    expect(filterTexts(texts, { show: 'unreviewed' })).toHaveLength(texts.length - 2);
    expect(filterTexts(texts, {})).toHaveLength(texts.length);
  });

  it('look at labels, reasons, styles and words, all at once', () => {
    const { texts } = review;
    expect(filterTexts(texts, { label: '', show: 'accepted' }).map(({ key }) => key)).toEqual(['accepted:2']);
    expect(filterTexts(texts, { label: 'Disease', show: 'accepted' })).toHaveLength(28);
    expect(
      filterTexts(texts, { reason: 'malformed' }).every(({ refusal }) => refusal?.reason === 'malformed'),
    ).toBe(true);
    expect(filterTexts(texts, { search: 'NOTHING tagged' }).map(({ key }) => key)).toEqual(['accepted:2']);
    const [style = ''] = facetsOf(texts, review.labels).styles;
    const ofStyle = filterTexts(texts, { style });
    expect(ofStyle.length).toBeGreaterThan(0);
    expect(ofStyle.every((text) => text.style === style)).toBe(true);
  });

  it('find texts by a part of a seed', () => {
    const seeded = review.texts.map((text, i) => ({ ...text, seeds: i === 3 ? ['Fabry disease'] : [] }));
    expect(filterTexts(seeded, { seed: 'fabry' }).map(({ key }) => key)).toEqual(['accepted:4']);
  });
});

describe('statistics', () => {
  it('count what is accepted now', async () => {
    const statistics = await countTexts(review.texts, review.labels);
    expect(statistics).toMatchObject({ texts: 29, withoutMentions: 1, nearDuplicates: 0 });
    expect(statistics.labels.find(({ label }) => label === 'Disease')).toEqual({
      label: 'Disease',
      mentions: 28,
      names: 28,
      texts: 28,
    });
    expect(statistics.lengths.counts.reduce((sum, count) => sum + count, 0)).toBe(29);
    expect(statistics.words[0]).toBe(4);
    expect(statistics.novelRuns).toBeGreaterThan(0.9);
  });

  it('see texts that are alike', async () => {
    const [text] = review.texts.slice(5) as [ReviewText];
    const statistics = await countTexts([text, text, text], review.labels);
    expect(statistics).toMatchObject({ texts: 3, nearDuplicates: 2, novelRuns: 0 });
  });
});
