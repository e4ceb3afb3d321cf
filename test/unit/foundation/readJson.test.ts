import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { positive, text, whole } from '../../../src/foundation/fields.ts';
import { readJson, readValue } from '../../../src/foundation/readJson.ts';
import { UserError } from '../../../src/foundation/userError.ts';

const schema = z.object({
  event: text,
  count: whole(1, 9),
  ratio: z.exactOptional(positive()),
  notes: z.exactOptional(z.record(z.string(), z.array(z.object({ done: z.boolean() })))),
  kind: z.exactOptional(z.union([z.literal('a'), z.object({ size: whole(0) })])),
});
const source = { name: 'run.json', nextStep: 'Restore it.' };

function failure(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readJson', () => {
  it('gives the value without the members that the schema does not have', () => {
    const value = readJson(schema, '{"event": "reply", "count": 2, "more": 1}', source);
    expect(value).toEqual({ event: 'reply', count: 2 });
  });

  it.each([
    ['{\n"count": 2}', 1, '"event" is missing from "run.json".'],
    ['{"event": "reply",\n"count": 10}', 2, '"count" must be a whole number from 1 to 9.'],
    ['{"event": "reply", "count": 1,\n"ratio": 0}', 2, '"ratio" must be a number above 0.'],
    ['{"event": " ", "count": 1}', 1, '"event" must be text that is not blank.'],
    ['\n[]', 2, '"run.json" must be an object in curly brackets.'],
    ['{"event": "e", "count": 1, "kind": {\n"size": -1}}', 2, '"size" must be a whole number of at least 0.'],
    ['{"event": "e", "count": 1,\n"kind": 3}', 2, '"kind" must be in a valid form.'],
    ['', 1, '"run.json" is empty.'],
    ['{\n"event" 3}', 2, '"run.json" is not valid JSON.'],
  ])('refuses %j with the line and what is allowed', (json, line, message) => {
    const error = failure(() => readJson(schema, json, { ...source, place: { file: 'a/run.json' } }));
    expect(error.describe()).toBe(`a/run.json:${line}: ${message} Restore it.`);
  });

  it('counts from the line of the text in its file', () => {
    const place = { file: 'ledger.jsonl', line: 7 };
    expect(failure(() => readJson(schema, '{}', { ...source, place })).place).toEqual(place);
  });

  it('quotes nothing from the text, not even its own keys', () => {
    const secret = 'Anna';
    for (const json of [
      `{"event": 3, "${secret}": 1}`,
      `{"event": "e", "count": "${secret}"}`,
      `{"event": "e", "count": 1, "notes": {"${secret}": 3}}`,
      `{"event": "e", "count": 1, "notes": {"${secret}": [{"done": "${secret}"}]}}`,
      `{"event": "e", "count": 1, "kind": "${secret}"}`,
      `{"${secret}`,
    ]) {
      const error = failure(() => readJson(schema, json, source));
      expect(`${error.describe()} ${String(error.cause)}`).not.toContain(secret);
    }
  });

  it('names the nearest key that the schema has', () => {
    const json = '{"event": "e", "count": 1, "notes": {"x": [{"done": true}, 3]}}';
    expect(failure(() => readJson(schema, json, source)).message).toMatch(/^Item 2 in "notes"/);
    const entry = '{"event": "e", "count": 1, "notes": {"x": 3}}';
    expect(failure(() => readJson(schema, entry, source)).message).toMatch(/^An entry in "notes"/);
  });
});

describe('readValue', () => {
  it('checks a value that is not text', () => {
    expect(readValue(schema, { event: 'e', count: 1 }, source)).toEqual({ event: 'e', count: 1 });
    expect(failure(() => readValue(z.strictObject({ a: text }), { a: 'x', b: 1 }, source)).message).toBe(
      '"run.json" has an unknown key.',
    );
  });
});
