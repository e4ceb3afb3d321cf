import { describe, expect, test } from 'vitest';
import { documentToBio } from '../../../src/corpus/bio/document.ts';
import { createSpan, plainDocument } from '../../../src/corpus/document.ts';
import { isReadable, visibleRange } from '../../../src/corpus/invisible.ts';
import { splitWords } from '../../../src/corpus/words.ts';

function wordsOf(text: string): string[] {
  return splitWords(text).map(({ start, end }) => text.slice(start, end));
}

describe('characters that are not seen', () => {
  test.each([
    ['a soft hyphen', '\u00ad'],
    ['a zero-width space', '\u200b'],
    ['a zero-width non-joiner', '\u200c'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\ufeff'],
    ['a mark of direction', '\u202a'],
    ['an isolate', '\u2066'],
    ['a control character', '\u0002'],
    ['an Arabic letter mark', '\u061c'],
    ['a tag character', '\u{e0041}'],
    ['several of them', '\u200b\u00ad\u2060'],
  ])('do not cut a word, are not at its ends and are no word: %s', (_, character) => {
    expect(wordsOf(`as${character}pirin`)).toEqual([`as${character}pirin`]);
    expect(wordsOf(`${character}aspirin${character}, (${character}x`)).toEqual(['aspirin', ',', '(', 'x']);
    expect(wordsOf(`a ${character} b`)).toEqual(['a', 'b']);
    expect(wordsOf(character)).toEqual([]);
    expect(wordsOf(`2${character}.${character}5 mg`)).toEqual([`2${character}.${character}5`, 'mg']);
    expect(isReadable(character)).toBe(false);
  });

  test('stay in scripts and emoji that need them', () => {
    expect(wordsOf('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645')).toHaveLength(1);
    expect(wordsOf('\u0915\u094d\u200d\u0937')).toHaveLength(1);
    expect(wordsOf('\u{1f469}\u{1f3fd}\u200d\u2695\ufe0f ok \u2764\ufe0f')).toEqual([
      '\u{1f469}\u{1f3fd}\u200d\u2695\ufe0f',
      'ok',
      '\u2764\ufe0f',
    ]);
    expect(wordsOf('\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}')).toHaveLength(1);
  });

  test('leave each letter of Chinese and Thai a word', () => {
    expect(wordsOf('\u836f\u200b\u7269')).toEqual(['\u836f', '\u7269']);
    expect(wordsOf('\u0e01\u200b\u0e31\u0e02')).toEqual(['\u0e01\u200b\u0e31', '\u0e02']);
  });

  test.each([
    ['no-break space', '\u00a0'],
    ['next line', '\u0085'],
    ['Hangul filler', '\u3164'],
    ['Braille blank', '\u2800'],
    ['form feed', '\f'],
  ])('are not those that look like white space: %s', (_, character) => {
    expect(wordsOf(`gout${character}today`)).toEqual(['gout', 'today']);
  });

  test('are not marks of a letter, but a mark alone is no word', () => {
    expect(wordsOf('e\u0301tude')).toEqual(['e\u0301tude']);
    expect(wordsOf('a \u0301 \ufe0f')).toEqual(['a']);
    expect(isReadable('\ufe0f\u0301')).toBe(false);
  });

  test('take linear time', () => {
    for (const piece of [
      '\u00ad',
      'a\u00ad',
      '1\u2060.',
      '1.',
      '\u0301',
      '\u{1f468}\u200d',
      '\u0e01\u200b',
    ]) {
      const started = performance.now();
      splitWords(`a${piece.repeat(100_000)}!`);
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});

describe('the visible part of a range', () => {
  test.each([
    ['all of it', 'gout', 0, 4, { start: 0, end: 4 }],
    ['without what surrounds it', '\ufeff gout\u200b', 0, 7, { start: 2, end: 6 }],
    ['with what is inside', 'go\u00adut ', 0, 6, { start: 0, end: 5 }],
    ['with the marks of its last letter', 'e\u0301\u{e0001}', 0, 4, { start: 0, end: 2 }],
    ['nothing', '\u200b\u00ad', 0, 2, undefined],
  ])('is %s', (_, text, start, end, expected) => {
    expect(visibleRange(text, { start, end })).toEqual(expected);
  });

  test('is what a mention becomes in BIO lines, and none is lost', () => {
    const text = 'took \ufeffas\u00adpirin\u200b now';
    const span = createSpan(text, { id: 'T1', start: 5, end: 15, label: 'Drug', source: 'human' });
    const { text: lines, dropped } = documentToBio({ ...plainDocument('d', text), spans: [span] });
    expect(lines).toBe('took\tO\nas\u00adpirin\tB-Drug\nnow\tO\n\n');
    expect(dropped).toEqual([]);
  });
});
