import type { MentionSpec } from '../../../src/generation/plan/requestSpec.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { createJudge } from '../../../src/generation/judge/judge.ts';
import { readLooseJson } from '../../../src/llm/reply/looseJson.ts';
import { readReply } from '../../../src/generation/judge/readTexts.ts';
import { parseReply } from '../../../src/llm/reply/parseReply.ts';

/** Pieces of replies, whole and broken. */
const piece = fc.constantFrom(
  '{"texts": [',
  '{"text": "',
  '"entities": [',
  '{"text": "gout", "label": "Disease"}',
  '["gout", "Disease"]',
  '<Disease>',
  '</Disease>',
  '<Disease id="1">',
  '<entity type="Disease">',
  '&lt;Disease&gt;',
  '[Disease]',
  '[/Disease]',
  'gout',
  ' The patient has İ 😀 chronic pain. ',
  '**',
  '"',
  '\\"',
  '\\u00e',
  '\u201C',
  "'",
  ',',
  ':',
  '}',
  ']',
  '\n',
  '```json\n',
  '<think>',
  '</think>',
  '- text: ',
  '\n  ',
  '\\u0000',
  '患者有痛风',
  'a<b and c>d',
  '1. ',
);
const reply = fc.array(fc.oneof({ weight: 9, arbitrary: piece }, fc.string({ maxLength: 4 })), {
  maxLength: 30,
});

const spec: MentionSpec = {
  task: 'ner',
  style: { name: 'note', description: '' },
  language: 'English',
  texts: 5,
  entityFree: 2,
  labels: ['Disease', 'Chemical'],
  topics: [{ type: 'Disease', name: 'gout' }],
};

describe('whatever a model sends', () => {
  it('gives texts with mentions in order and inside them, or reasons', () => {
    fc.assert(
      fc.property(reply, (pieces) => {
        const judge = createJudge(defaultProject);
        const read = readReply(parseReply(pieces.join('')), spec);
        for (const text of read.texts) {
          const verdict = judge.judge(text, read);
          if (!verdict.accepted) {
            expect(verdict.detail).not.toBe('');
            continue;
          }
          const { text: plain, mentions } = verdict.text;
          expect(plain).not.toMatch(/<\/?Disease|&lt;Disease/);
          expect(plain).not.toMatch(/[\p{Cs}\0]/u);
          let last = 0;
          for (const { start, end, label } of mentions) {
            expect(spec.labels).toContain(label);
            expect(start).toBeGreaterThanOrEqual(last);
            expect(plain.slice(start, end).trim()).toBe(plain.slice(start, end));
            expect(end).toBeGreaterThan(start);
            expect(plain.slice(start - 1, start + 1)).not.toMatch(/[a-z]{2}/i);
            expect(plain.slice(end - 1, end + 1)).not.toMatch(/[a-z]{2}/i);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(plain.length);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('is read as by JSON.parse if it is valid', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', '"', '\\', '\n', '\u201C', "'", '}', ',', ':', '😀', ' '),
    });
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, letters, fc.integer(), fc.boolean(), tie('list'), tie('object')),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(fc.constantFrom('text', 'label', 'a b', 'relation'), tie('any'), { maxKeys: 3 }),
    })).object;
    fc.assert(
      fc.property(value, (sound) => {
        const source = JSON.stringify(sound);
        const reading = readLooseJson(source, 0);
        // It says that a string is in doubt, and never reads a different one.
        if (reading.whole) expect(reading.value).toEqual(JSON.parse(source));
      }),
      { numRuns: 3000 },
    );
  });
});
