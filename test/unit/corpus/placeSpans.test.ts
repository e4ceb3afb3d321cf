import { describe, expect, it } from 'vitest';
import { placeSpans, type StatedSpan } from '../../../src/corpus/placeSpans.ts';

const span = (start: number, end: number, words?: string): StatedSpan => ({
  ranges: [{ start, end }],
  words,
});

/** What the text has at each placed mention, or why it has no place. */
function wordsAt(text: string, stated: readonly StatedSpan[]): readonly string[] {
  return placeSpans(text, stated).map((placement) =>
    'ranges' in placement
      ? `${placement.kind}: ${placement.ranges.map(({ start, end }) => text.slice(start, end)).join(' … ')}`
      : placement.kind,
  );
}

describe('mentions whose offsets fit the quoted words', () => {
  it('stay where they are stated, in code points', () => {
    expect(wordsAt('🙂 Gout after aspirin.', [span(2, 6, 'Gout'), span(13, 20, 'aspirin')])).toEqual([
      'stated: Gout',
      'stated: aspirin',
    ]);
  });

  it('may be quoted with other white space, capitals or encoded accents', () => {
    const text = 'Ménière\r\ndisease and Crohn';
    expect(wordsAt(text, [span(0, 16, 'me\u0301nie\u0300re disease')])).toEqual([
      'stated: Ménière\r\ndisease',
    ]);
  });

  it('are taken as stated if nothing is quoted', () => {
    expect(wordsAt('Gout now.', [span(0, 4), span(5, 8, '')])).toEqual(['stated: Gout', 'stated: now']);
    expect(wordsAt('Gout now.', [span(0, 40)])).toEqual(['outside']);
  });
});

describe('offsets that count in another unit', () => {
  it('count a Windows line end as one character', () => {
    const text = 'Anna takes iron.\r\nShe has gout.\r\nGout again.';
    expect(wordsAt(text, [span(11, 15, 'iron'), span(25, 29, 'gout'), span(31, 35, 'Gout')])).toEqual([
      'stated: iron',
      'moved: gout',
      'moved: Gout',
    ]);
  });

  it('count UTF-16 units, or bytes', () => {
    const text = '🙂🙂 Zoë has gout.';
    const units = [span(5, 8, 'Zoë'), span(13, 17, 'gout')];
    expect(wordsAt(text, units)).toEqual(['moved: Zoë', 'moved: gout']);
    const bytes = [span(9, 13, 'Zoë'), span(18, 22, 'gout')];
    expect(wordsAt(text, bytes)).toEqual(['moved: Zoë', 'moved: gout']);
  });

  it('count from 1, or include the last character', () => {
    const text = 'Gout after aspirin and iron.';
    expect(wordsAt(text, [span(1, 5, 'Gout'), span(12, 19, 'aspirin')])).toEqual([
      'moved: Gout',
      'moved: aspirin',
    ]);
    expect(wordsAt(text, [span(0, 3, 'Gout'), span(11, 17, 'aspirin')])).toEqual([
      'moved: Gout',
      'moved: aspirin',
    ]);
    expect(wordsAt(text, [span(1, 4, 'Gout'), span(12, 18, 'aspirin')])).toEqual([
      'moved: Gout',
      'moved: aspirin',
    ]);
  });

  it('move mentions without quoted words along with the others', () => {
    const text = '🙂 Gout after aspirin.';
    expect(wordsAt(text, [span(3, 7, 'Gout'), span(14, 21)])).toEqual(['moved: Gout', 'moved: aspirin']);
  });
});

describe('a range that ends before it begins, or has no length', () => {
  it('has no place, and the others keep theirs', () => {
    const text = 'Gout now, aspirin later.';
    expect(wordsAt(text, [span(4, 0, 'Gout'), span(10, 17, 'aspirin'), span(5, 5, 'now')])).toEqual([
      'outside',
      'stated: aspirin',
      'outside',
    ]);
  });
});

describe('single mentions that do not fit', () => {
  it('move to their words nearby', () => {
    const text = 'Gout. No fever. Later gout and fever, then aspirin.';
    expect(wordsAt(text, [span(0, 4, 'Gout'), span(20, 24, 'gout'), span(43, 50, 'aspirin')])).toEqual([
      'stated: Gout',
      'moved: gout',
      'stated: aspirin',
    ]);
  });

  it('have no clear place if two are about equally near', () => {
    expect(wordsAt('pain xx pain', [span(4, 8, 'pain')])).toEqual(['mismatch']);
  });

  it('have no place if the text does not have the words', () => {
    expect(wordsAt('Gout now.', [span(0, 4, 'fever')])).toEqual(['mismatch']);
  });

  it('are found in a long text with mixed line ends, each from where the one before was', () => {
    const lines = Array.from(
      { length: 300 },
      (_, index) => `Line ${index} has pain.${index % 3 === 0 ? '\r\n' : '\n'}`,
    );
    const text = lines.join('');
    const stated: StatedSpan[] = [];
    let offset = 0;
    for (const line of lines) {
      const start = line.indexOf('pain');
      stated.push(span(offset + start, offset + start + 4, 'pain'));
      offset += line.replace('\r\n', '\n').length;
    }
    const placed = placeSpans(text, stated);
    const starts = placed.map((placement) => ('ranges' in placement ? placement.ranges[0]?.start : -1));
    expect(starts).toEqual([...text.matchAll(/pain/gu)].map(({ index }) => index));
  });
});
