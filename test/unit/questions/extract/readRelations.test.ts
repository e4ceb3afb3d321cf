import { describe, expect, test } from 'vitest';
import { readRelations } from '../../../../src/questions/extract/readRelations.ts';

const question = { task: 're', text: '@GENE$ and @DISEASE$', relations: ['association'] } as const;
const questions = [question, question, question];

function found(reply: string, asked: Parameters<typeof readRelations>[1] = questions) {
  const { answers, refusals } = readRelations(reply, asked);
  return [
    ...answers.map((answer) => (answer === undefined ? '?' : (answer.relation ?? 'none'))),
    ...refusals.map(({ reason }) => reason),
  ];
}

describe('relations of given pairs', () => {
  test.each([
    '{"answers":[{"number":1,"relation":"association"},{"number":2,"relation":"none"},{"number":3,"relation":"association"}]}',
    '{"answers":[{"number":3,"relation":"Association"},{"number":1,"relation":"association"},{"number":2,"relation":"None"}]}',
    '```json\n[{"id":"1","answer":"yes"},{"id":"2","answer":"no"},{"id":"3","answer":true}]\n```',
    '{"1":"association","2":"none","3":"association"}',
    'Here you are:\n["association", "none", "association"]',
    '1. association\n2. none\n3. Association.',
    '(1) yes\n(2) no\n(3) yes',
  ])('are read from %s', (reply) => {
    expect(found(reply)).toEqual(['association', 'none', 'association']);
  });

  test('that are left out, unknown or told in two ways have their reasons', () => {
    const reply = [
      { number: 2, relation: 'causes' },
      { number: 3, relation: 'association' },
      { number: 3, relation: 'none' },
      { number: 7, relation: 'association' },
    ];
    expect(found(JSON.stringify({ answers: reply }))).toEqual([
      '?',
      '?',
      '?',
      'missing',
      'unknown-label',
      'ambiguous',
    ]);
  });

  test('without numbers count only when there is one for each pair', () => {
    expect(found('["association", "none"]')).toEqual(['?', '?', '?', 'missing', 'missing', 'missing']);
  });

  test('of one pair may be a word', () => {
    expect(found('Association', [question])).toEqual(['association']);
  });

  test('of several kinds are told by name alone', () => {
    const several = { ...question, relations: ['treats', 'causes'] };
    expect(
      found('{"answers":[{"number":1,"relation":"causes"},{"number":2,"relation":"yes"}]}', [
        several,
        several,
      ]),
    ).toEqual(['causes', '?', 'unknown-label']);
  });

  test.each(['', 'I cannot do that.', '{"answers":', '[[[', '{}'])('are none in the reply %j', (reply) => {
    expect(found(reply)).toEqual(['?', '?', '?', 'missing', 'missing', 'missing']);
  });
});
