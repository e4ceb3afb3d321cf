import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bioToDocument } from '../../../src/corpus/bio/document.ts';
import { parseBio } from '../../../src/corpus/bio/file.ts';
import type { Document } from '../../../src/corpus/document.ts';
import { evaluateMentions } from '../../../src/evaluation/evaluateMentions.ts';
import { microF1 } from '../../../src/evaluation/microF1.ts';
import type { MatchMode } from '../../../src/evaluation/report.ts';
import type { Average } from '../../../src/evaluation/scores.ts';
import { tagMentions } from '../../../src/evaluation/strictMentions.ts';
import { tokenDocument } from '../../unit/evaluation/sampleDocuments.ts';

interface TagCase {
  readonly name: string;
  readonly mode: MatchMode;
  readonly gold: readonly string[];
  readonly predicted: readonly string[];
  readonly micro: Average;
  readonly macro: Average;
  readonly types: Readonly<Record<string, Average>>;
}

const file = new URL('../data/evaluation/tags.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as TagCase[];
const created = '2026-11-24T00:00:00Z';

function tagsOf(sentences: readonly string[]): string[][] {
  return sentences.map((sentence) => sentence.split(' '));
}

function documentsOf(sentences: readonly string[], mode: MatchMode): Document[] {
  return tagsOf(sentences).map((tags, i) => tokenDocument(`s${i}`, tags.length, tagMentions(tags, mode)));
}

function bioDocument(sentences: readonly string[]): Document {
  const source = sentences.map((sentence) => sentence.replaceAll(/\S+ ?/gu, 'w\t$&\n')).join('\n');
  return bioToDocument(parseBio(source.replaceAll(' \n', '\n')), 'tags.bio', { scheme: 'IOB2' });
}

function expectScores(actual: Average | undefined, expected: Average): void {
  expect(actual?.precision).toBeCloseTo(expected.precision, 12);
  expect(actual?.recall).toBeCloseTo(expected.recall, 12);
  expect(actual?.f1).toBeCloseTo(expected.f1, 12);
  expect(actual?.support).toBe(expected.support);
}

describe.each(cases)('scores of $name tags', ({ mode, gold, predicted, micro, macro, types }) => {
  it('are those of seqeval', () => {
    const report = evaluateMentions(documentsOf(gold, mode), documentsOf(predicted, mode), {
      created,
      mode,
      resamples: 0,
    });
    expectScores(report.micro, micro);
    expectScores(report.macro, macro);
    expect(Object.keys(report.types)).toEqual(Object.keys(types).sort());
    for (const [label, expected] of Object.entries(types)) expectScores(report.types[label], expected);
  });

  it('are the same when they are read from a BIO file', () => {
    const report = evaluateMentions([bioDocument(gold)], [bioDocument(predicted)], {
      created,
      mode,
      scheme: 'IOB2',
      resamples: 0,
    });
    expectScores(report.micro, micro);
  });

  it('give the micro F1 that the trainer asks for', () => {
    expect(microF1(tagsOf(gold), tagsOf(predicted), mode)).toBeCloseTo(micro.f1, 12);
  });
});
