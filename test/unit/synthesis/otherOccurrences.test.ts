import { describe, expect, it } from 'vitest';
import { formatInlineTags, parseInlineTags } from '../../../src/corpus/inlineTags.ts';
import { tagOtherOccurrences } from '../../../src/synthesis/otherOccurrences.ts';

const labels = ['Disease', 'Chemical'];

function complete(tagged: string, known: readonly { surface: string; label: string }[] = []): string {
  const parsed = parseInlineTags(tagged, labels);
  if (!parsed.ok) throw new Error(parsed.detail);
  const result = tagOtherOccurrences(parsed, known);
  return result.ok ? formatInlineTags(result) : result.detail;
}

describe('tagOtherOccurrences', () => {
  it('tags every other whole word of a mention, in any case', () => {
    expect(complete('<Disease>Asthma</Disease>: asthma, asthmatic, ASTHMA-like')).toBe(
      '<Disease>Asthma</Disease>: <Disease>asthma</Disease>, asthmatic, <Disease>ASTHMA</Disease>-like',
    );
  });

  it('takes a short name only as it is written', () => {
    expect(complete('<Disease>AS</Disease> as seen in AS')).toBe(
      '<Disease>AS</Disease> as seen in <Disease>AS</Disease>',
    );
  });

  it('leaves a name alone that is a part of a longer mention', () => {
    expect(complete('<Disease>cancer</Disease> or <Disease>breast cancer</Disease>; breast cancer')).toBe(
      '<Disease>cancer</Disease> or <Disease>breast cancer</Disease>; <Disease>breast cancer</Disease>',
    );
  });

  it('tags names that are known beforehand', () => {
    expect(complete('gout and fever', [{ surface: 'Gout', label: 'Disease' }])).toBe(
      '<Disease>gout</Disease> and fever',
    );
  });

  it('refuses a name that carries two labels', () => {
    expect(complete('<Disease>alcohol</Disease> and <Chemical>alcohol</Chemical>')).toMatch(/both/);
  });
});
