import { describe, expect, it } from 'vitest';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import { errorSection } from '../../../src/evaluation/render/htmlErrors.ts';
import { markedDocument } from './sampleDocuments.ts';

const text = 'She has chronic cystic fibrosis, takes ibuprofen, no migraine, no gout.';
const gold = markedDocument('note', text, [
  ['cystic fibrosis', 'Disease'],
  ['ibuprofen', 'Chemical'],
  ['migraine', 'Disease'],
]);
const [boundary, type, spurious] = markedDocument('note', text, [
  ['chronic cystic fibrosis', 'Disease'],
  ['ibuprofen', 'Procedure'],
  ['gout', 'Disease'],
]).spans;

function sectionOf(spans: typeof gold.spans): string {
  const report = evaluateMentions([gold], [{ ...gold, spans }], {
    created: '2026-11-24T11:25:00Z',
    resamples: 20,
  });
  return errorSection(report).markup.replaceAll(/\s+/gu, ' ');
}

/** The examples of each kind, by its name. */
function examplesIn(markup: string): Readonly<Record<string, number>> {
  const groups = markup.split('<details open>').slice(1);
  return Object.fromEntries(
    groups.map((group) => [
      /<summary> ([\w ]+) <small/u.exec(group)?.[1] ?? '',
      group.match(/<li>/gu)?.length ?? 0,
    ]),
  );
}

describe('the errors of an HTML report', () => {
  const markup = sectionOf([boundary, type, spurious].flatMap((span) => (span === undefined ? [] : [span])));

  it('come by kind, and only the kinds that there are', () => {
    expect(examplesIn(markup)).toEqual({
      Missed: 1,
      Spurious: 1,
      'Wrong type': 1,
      'Wrong boundaries': 1,
    });
    expect(examplesIn(sectionOf(gold.spans.slice(0, 2)))).toEqual({ Missed: 1 });
  });

  it('are counted, and how many of them are shown', () => {
    expect(markup).toContain('4 examples of 4');
    expect(markup.match(/1 of 1 shown/gu)).toHaveLength(4);
  });

  it('mark what the gold data have and what was predicted, each word once', () => {
    const words = [...markup.matchAll(/<p class="words">(.*?)<\/p>/gu)].map(([, shown = '']) =>
      [...shown.matchAll(/<mark class="([\w ]+)">([^<]*)<\/mark>/gu)].map(([, side, marked]) => [
        side,
        marked,
      ]),
    );
    expect(words).toEqual([
      [['gold', 'migraine']],
      [['predicted', 'gout']],
      [['gold predicted', 'ibuprofen']],
      [
        ['predicted', 'chronic '],
        ['gold predicted', 'cystic fibrosis'],
      ],
    ]);
    expect(markup).toContain('>note, line 1<');
  });

  it('say in words what each side has, with the score of the prediction', () => {
    const scored = [boundary, spurious].flatMap((span) =>
      span === undefined ? [] : [{ ...span, score: 0.256 }],
    );
    const verdicts = [...sectionOf(scored).matchAll(/<p class="verdict">(.*?)<span class="place">/gu)];
    const said = verdicts.map(([, words = '']) => words.replaceAll(/<[^>]+>/gu, ' '));
    expect(said.map((words) => words.replaceAll(/\s+/gu, ' ').trim())).toEqual([
      'Gold: Chemical Predicted: none',
      'Gold: Disease Predicted: none',
      'Gold: none Predicted: Disease (0.26)',
      'Gold: Disease Predicted: Disease (0.26)',
    ]);
  });

  it('are left out where there are none', () => {
    const right = sectionOf(gold.spans);
    expect(right).not.toContain('Examples');
    expect(right).not.toContain('<details');
  });

  it('stand in a bar, in proportion, without the kinds that did not happen', () => {
    const bar = /<div class="stack".*?<\/div>/u.exec(sectionOf(gold.spans.slice(0, 2)))?.[0] ?? '';
    expect([...bar.matchAll(/class="(\w+)" style="flex-grow:(\d+)"/gu)].map(([, ...part]) => part)).toEqual([
      ['correct', '2'],
      ['missed', '1'],
    ]);
  });
});
