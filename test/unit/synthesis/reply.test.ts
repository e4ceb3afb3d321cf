import { describe, expect, it } from 'vitest';
import { parseReply } from '../../../src/synthesis/reply.ts';

const two = [{ text: 'One <b>.' }, { text: 'Two.' }];

function related(relation: unknown): boolean | undefined {
  return parseReply(JSON.stringify([{ text: 'A', relation }]))[0]?.related;
}

describe('parseReply', () => {
  it.each([
    ['the JSON that was asked for', '{"texts": [{"text": "One <b>."}, {"text": "Two."}]}'],
    ['a bare array', '[{"text": "One <b>."}, {"text": "Two."}]'],
    ['strings instead of objects', '{"texts": ["One <b>.", " Two. "]}'],
    ['another key around and inside', '{"sentences": [{"sentence": "One <b>."}, {"sentence": "Two."}]}'],
    ['a code fence with prose around it', 'Sure!\n```json\n["One <b>.", "Two."]\n```\nHope it helps.'],
    ['a code fence that is not closed', '```json\n{"texts": [{"text": "One <b>."}, {"text": "Two."}]}'],
    ['prose around bare JSON', 'Here it is: [{"text": "One <b>."}, {"text": "Two."}] "Done".'],
    ['JSON lines', '{"text": "One <b>."}\n{"text": "Two."}\n'],
    ['an array cut off in the middle', '{"texts": [{"text": "One <b>."}, {"text": "Two."}, {"text": "Thr'],
    ['empty items among the others', '[{"text": "One <b>."}, {"text": ""}, {"text": "Two."}, 3, null]'],
  ])('reads %s', (_, reply) => {
    expect(parseReply(reply)).toEqual(two);
  });

  it('gives nothing when there is nothing', () => {
    for (const reply of ['', 'I cannot help with that.', '{}', '[]', '"text"', '{"texts": 3}', '```\n```']) {
      expect(parseReply(reply)).toEqual([]);
    }
  });

  it('is not misled by braces and quotes inside a text', () => {
    expect(parseReply('x {"text": "a } \\" { b"} y')).toEqual([{ text: 'a } " { b' }]);
  });

  it('reads how models say that a pair is related or not', () => {
    expect(['association', 1, true, 'yes'].map(related)).toEqual([true, true, true, true]);
    expect(['none', 'None', 0, false, '0', 'no', 'no association', 'negative'].map(related)).not.toContain(
      true,
    );
    expect(related(null)).toBeUndefined();
  });
});
