import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInlineTags, parseInlineTags, type Mention } from '../../../src/corpus/tagged/inlineTags.ts';

const labels = ['Disease', 'Chemical', 'Side-effect'];

/** Text that is hard to read with tags: markup characters, character references, emoji, combining marks. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom(
    '<',
    '>',
    '&',
    '&lt;',
    '&amp;',
    '&amp',
    'amp;',
    '</',
    '<Disease>',
    '</disease>',
    '<b',
    'p<0.05',
    '👩‍⚕️',
    'é',
    ' ',
  ),
);

const taggedText = fc
  .array(fc.tuple(fc.array(piece, { maxLength: 4 }), fc.option(fc.constantFrom(...labels))), { maxLength: 8 })
  .map((parts) => {
    let text = '';
    const mentions: Mention[] = [];
    for (const [pieces, label] of parts) {
      const part = pieces.join('');
      // White space at the ends of a mention is trimmed, and an empty mention is dropped.
      if (label !== null && part !== '' && part === part.trim()) {
        mentions.push({ start: text.length, end: text.length + part.length, label });
      }
      text += part;
    }
    return { text, mentions };
  });

describe('inline tags', () => {
  it('are unchanged after formatting and parsing', () => {
    fc.assert(
      fc.property(taggedText, (tagged) => {
        expect(parseInlineTags(formatInlineTags(tagged), labels)).toEqual({ ok: true, ...tagged });
      }),
      { numRuns: 2000 },
    );
  });

  it('never make the reader throw, and mentions are always inside the text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const result = parseInlineTags(pieces.join(''), labels);
        if (!result.ok) return;
        let previousEnd = 0;
        for (const { start, end } of result.mentions) {
          expect(start).toBeGreaterThanOrEqual(previousEnd);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(result.text.length);
          previousEnd = end;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
