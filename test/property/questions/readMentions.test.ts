import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInlineTags, type Mention } from '../../../src/corpus/tagged/inlineTags.ts';
import { readMentions } from '../../../src/questions/reading/readMentions.ts';

const labels = ['Disease', 'Chemical'];
const word = fc.constantFrom(
  ...'gout|fever|50|mg/kg|p|<|0.05|(IL-2)|“so”|it’s|–|&amp;|&|<b>|**not**|[NAME]|😀|İ|µg|naïve|Disease|e.g.|1.|-'.split(
    '|',
  ),
);

/** A text, and mentions of runs of its words. */
const tagged = fc
  .array(
    fc.record({ word, blank: fc.constantFrom(' ', '  ', '\n'), label: fc.constantFrom(0, 0, 0, 1, 2) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((words) => {
    let text = '';
    const mentions: Mention[] = [];
    for (const [index, part] of words.entries()) {
      const start = text.length;
      text += part.word;
      const label = labels[part.label - 1];
      if (label !== undefined) mentions.push({ start, end: text.length, label });
      if (index < words.length - 1) text += part.blank;
    }
    return { text, mentions };
  });

/** What models do to a text on the way. */
const change = fc.constantFrom<(reply: string) => string>(
  (reply) => reply,
  (reply) => reply.replaceAll(/\s+/g, ' '),
  (reply) => reply.replaceAll('’', "'").replaceAll('–', '-'),
  (reply) => `${reply}.`,
  (reply) => reply.normalize('NFD'),
  (reply) => reply.replaceAll('gout', 'GOUT'),
);

/** The letters of a mention, however they are written. */
function letters(text: string, { start, end }: Mention): string {
  return text.slice(start, end).toLowerCase().replaceAll('’', "'").replaceAll('–', '-');
}

describe('mentions of given texts', () => {
  it('stand where the reply has them, or the text has its reason', () => {
    fc.assert(
      fc.property(fc.array(tagged, { minLength: 1, maxLength: 4 }), change, (texts, distort) => {
        const reply = JSON.stringify({
          texts: texts.map((one) => ({ text: distort(formatInlineTags(one)) })),
        });
        const given = texts.map(({ text }) => text);
        const { answers, refusals } = readMentions(reply, given, labels);
        for (const [index, answer] of answers.entries()) {
          const { text, mentions } = texts[index] as (typeof texts)[number];
          if (answer === undefined) {
            expect(refusals.length).toBeGreaterThan(0);
            continue;
          }
          // Equal texts may have changed places: then their words are the same all the same.
          const found = answer.mentions.map((mention) => [letters(text, mention), mention.label]);
          const candidates = texts
            .filter(
              (other) =>
                other.text.toLowerCase().replaceAll(/\W/g, '') === text.toLowerCase().replaceAll(/\W/g, ''),
            )
            .map((other) =>
              JSON.stringify(other.mentions.map((one) => [letters(other.text, one), one.label])),
            );
          expect(candidates, JSON.stringify(mentions)).toContain(JSON.stringify(found));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of any reply lie inside the text, apart and in order, and no text goes without answer and reason', () => {
    const reply = fc
      .array(
        fc.constantFrom(
          '{"texts": [',
          '{"text": "',
          '"}',
          ', ',
          ']}',
          '<Disease>',
          '</Disease>',
          '<Chemical>',
          'gout',
          ' and ',
          'He has gout.',
          'No fever at all',
          '"entities": [{"text": "gout", "label": "Disease"}]',
          '\n',
          '1. ',
          '**',
          '&lt;',
          '😀',
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(''));
    const given = ['He has gout.', 'No fever at all', '😀 gout and gout'];
    fc.assert(
      fc.property(reply, (text) => {
        const { answers, refusals } = readMentions(text, given, labels);
        const unanswered = given.filter((_, index) => answers[index] === undefined);
        expect(refusals.length).toBeGreaterThanOrEqual(unanswered.length);
        for (const [index, answer] of answers.entries()) {
          let end = 0;
          for (const mention of answer?.mentions ?? []) {
            expect(mention.start).toBeGreaterThanOrEqual(end);
            expect(mention.end).toBeGreaterThan(mention.start);
            ({ end } = mention);
          }
          expect(end).toBeLessThanOrEqual((given[index] as string).length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
