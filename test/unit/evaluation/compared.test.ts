import { expect, test } from 'vitest';
import { compareReports } from '../../../src/evaluation/render/compared.ts';
import type { EntityReport } from '../../../src/evaluation/report.ts';
import { hostile, sampleReport } from '../../page/sampleReport.ts';

const first = sampleReport('one');

function second(changes: Partial<EntityReport> = {}): EntityReport {
  const { Chemical: _, ...types } = first.types;
  const micro = { ...first.micro, f1: first.micro.f1 + 0.021 };
  return { ...first, title: 'two', micro, types, ...changes };
}

test('two reports stand side by side with their difference in points, by type too', () => {
  const text = compareReports(first, second());
  expect(text).toMatch(/^# one and two\n/u);
  expect(text).toMatch(/\| Micro F1 \| 57\.1% \| 59\.2% \| \+2\.1 points \|/u);
  expect(text).toMatch(/\| Chemical \| 100\.0% \| – \| {2}\|/u);
  expect(text).toContain('The intervals overlap');
  expect(text).not.toContain('Not the same');
});

test('other gold data and other types that count are said first', () => {
  const sources = { ...first.sources, gold: ['other.bio'] };
  const text = compareReports(first, second({ sources, labels: ['Disease'] }));
  expect(text).toContain('**Not the same gold data**: samples/gold.jsonl, and other.bio.');
  expect(text).toContain('**Not the same types count**: all types, and Disease.');
});

test('a title stays text', () => {
  expect(compareReports(first, second({ title: hostile }))).not.toMatch(/(?<!\\)</u);
});
