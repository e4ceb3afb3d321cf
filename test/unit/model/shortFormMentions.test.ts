import { describe, expect, test } from 'vitest';
import { agreeWithDefinitions, type ScoredMention } from '../../../src/model/shortFormMentions.ts';

/** A sentence whose mentions stand in square brackets: `the [Huntington disease Disease] gene`. */
function sentence(tagged: string) {
  const words: string[] = [];
  const mentions: ScoredMention[] = [];
  for (const part of tagged.split(/(?=\[)|(?<=\])\s*/u)) {
    const own = part.trim().replaceAll(/[[\]]/gu, '').split(' ').filter(Boolean);
    const start = words.length;
    if (!part.startsWith('[')) words.push(...own);
    else {
      words.push(...own.slice(0, -1));
      mentions.push({ start, end: words.length, label: own.at(-1) ?? '', score: 0.9 });
    }
  }
  return { words, mentions };
}

function agreed(...tagged: readonly string[]): readonly string[] {
  return agreeWithDefinitions(tagged.map(sentence)).map(({ words, mentions }) =>
    mentions
      .map(({ start, end, label }) => `${start} ${words.slice(start, end).join(' ')} ${label}`)
      .join('; '),
  );
}

const defined = '[Huntington disease Disease] ( HD ) is rare';

describe('short forms', () => {
  test('are mentions wherever their long form is one, before the definition too', () => {
    expect(agreed('the HD gene', defined, 'HD and not hd')).toEqual([
      '1 HD Disease',
      '0 Huntington disease Disease; 3 HD Disease',
      '0 HD Disease',
    ]);
  });

  test('have the score of the long form', () => {
    const [, second] = agreeWithDefinitions([defined, 'HD here'].map(sentence));
    expect(second?.mentions).toEqual([{ start: 0, end: 1, label: 'Disease', score: 0.9 }]);
  });

  test('are no mentions where their long form is none', () => {
    expect(agreed('the Huntington gene ( [HG Disease] ) map', 'an [HG Disease] exon')).toEqual(['', '']);
  });

  test('take the label of the long form, and all of their words', () => {
    expect(agreed(defined, '[HD Chemical] onset')[1]).toBe('0 HD Disease');
    expect(agreed('[ataxia - telangiectasia Disease] ( A - T )', 'an A - [T Disease] cell')[1]).toBe(
      '1 A - T Disease',
    );
  });

  test('stay as they are inside a longer mention', () => {
    expect(agreed(defined, '[juvenile HD Disease] starts early')[1]).toBe('0 juvenile HD Disease');
    expect(agreed('a Huntington gene ( HG )', 'the [HG syndrome Disease]')[1]).toBe('1 HG syndrome Disease');
  });

  test('mean what they were defined as last', () => {
    expect(agreed(defined, 'HD', 'hemodialysis dose ( HD ) was low', 'HD')).toEqual([
      '0 Huntington disease Disease; 3 HD Disease',
      '0 HD Disease',
      '',
      '',
    ]);
  });

  test('are defined inside a mention too', () => {
    expect(agreed('[von Hippel - Lindau ( VHL ) disease Disease]', 'the VHL families')).toEqual([
      '0 von Hippel - Lindau ( VHL ) disease Disease',
      '1 VHL Disease',
    ]);
  });

  test('change nothing where none is defined', () => {
    const sentences = ['[gout Disease] and HD'].map(sentence);
    expect(agreeWithDefinitions(sentences)).toBe(sentences);
  });
});
