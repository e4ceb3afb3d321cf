import { describe, expect, it } from 'vitest';
import { type MentionDraft, placeMentions } from '../../../src/corpus/placeMentions.ts';
import { type ReadingNotes, readingNotes } from '../../../src/corpus/readingNotes.ts';
import { failure } from './failure.ts';

function notesOf(): { readonly notes: ReadingNotes; readonly reports: string[] } {
  const reports: string[] = [];
  const notes = readingNotes({
    file: 'a.ann',
    report: (line, code, message) => reports.push(`${line} ${code}: ${message}`),
  });
  return { notes, reports };
}

function draft(ranges: MentionDraft['ranges'], more: Partial<MentionDraft> = {}): MentionDraft {
  return { id: 'T1', label: 'Disease', ranges, line: 3, ...more };
}

describe('mentions of a file', () => {
  it('become spans with offsets in UTF-16 units', () => {
    const { notes } = notesOf();
    const [span] = placeMentions(
      '😀 gout',
      [draft([{ start: 2, end: 6 }], { score: 0.5, source: 'model' })],
      notes,
    );
    expect(span).toEqual({ id: 'T1', label: 'Disease', start: 3, end: 7, score: 0.5, source: 'model' });
  });

  it.each([
    [
      'white space',
      'red \n rash',
      [
        { start: 0, end: 3 },
        { start: 6, end: 10 },
      ],
      undefined,
    ],
    [
      'nothing',
      'redrash',
      [
        { start: 0, end: 3 },
        { start: 3, end: 7 },
      ],
      undefined,
    ],
    [
      'a word',
      'red big rash',
      [
        { start: 0, end: 3 },
        { start: 8, end: 12 },
      ],
      2,
    ],
  ])('in parts around %s are joined, or keep their parts', (_, text, ranges, parts) => {
    const { notes } = notesOf();
    const [span] = placeMentions(text, [draft(ranges.toReversed())], notes);
    expect(span).toMatchObject({ start: 0, end: text.length });
    expect(span?.fragments?.length).toBe(parts);
  });

  it('that were moved are reported once for the file', () => {
    const { notes, reports } = notesOf();
    const text = 'a\r\nb\r\ngout and rash';
    const drafts = [
      draft([{ start: 4, end: 8 }], { words: 'gout' }),
      draft([{ start: 13, end: 17 }], { words: 'rash', line: 4 }),
    ];
    const spans = placeMentions(text, drafts, notes);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['gout', 'rash']);
    notes.report();
    notes.report();
    expect(reports).toEqual([
      '3 moved: The offsets of 2 mentions did not fit the text; the words in the file show the right place.',
    ]);
  });

  it.each([
    ['are outside the text', [{ start: 2, end: 9 }], {}, 'no part of the text'],
    ['have other words', [{ start: 0, end: 4 }], { words: 'rash' }, 'not what the file quotes'],
    ['have no label', [{ start: 0, end: 4 }], { label: '' }, 'needs a label'],
    [
      'have parts that overlap',
      [
        { start: 0, end: 3 },
        { start: 1, end: 4 },
      ],
      {},
      'must not overlap',
    ],
    ['have no place', [], {}, ''],
  ])('that %s are refused with their line and without their words', (_, ranges, more, reason) => {
    const { notes } = notesOf();
    const error = failure(() => placeMentions('gout', [draft(ranges, more)], notes));
    expect(error.place).toEqual({ file: 'a.ann', line: 3 });
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain('rash');
  });
});
