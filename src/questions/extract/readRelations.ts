import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { answerIn } from '../../llm/reply/answer/answerIn.ts';
import { readLooseJson } from '../../llm/reply/looseJson.ts';
import type { Answer, Reading, Refusal } from '../engine/questionSet.ts';
import type { RelationQuestion } from './documentQuestions.ts';

interface Worded {
  /** Of the question, from 1; undefined if the reply does not number its answers. */
  readonly number: number | undefined;
  readonly words: string;
}

const numberKeys = ['number', 'no', 'nr', 'id', 'index', 'item', 'pair', 'text', 'sentence'];
const answerKeys = ['relation', 'answer', 'label', 'type', 'related', 'value', 'result', 'association'];

/** Longer ones are no name of a relation. */
const longestAnswer = 400;

/**
 * Reads the relations in a reply to numbered questions: the requested JSON, another list or object, or numbered lines.
 * Answers without numbers count only if there is one for each question.
 */
export function readRelations(reply: string, questions: readonly RelationQuestion[]): Reading {
  const worded = wordedAnswers(answerIn(reply), questions.length);
  const isNumbered = worded.some(({ number }) => number !== undefined);
  const refusals: Refusal[] = [];
  const answers = questions.map(({ text, relations }, position): Answer | undefined => {
    const own = isNumbered
      ? worded.filter(({ number }) => number === position + 1)
      : worded.length === questions.length
        ? worded.slice(position, position + 1)
        : [];
    const read = own.map(({ words }) => relationOf(words, relations));
    const refuse = (reason: string, detail: string): undefined => {
      refusals.push({ reason, detail, text });
    };
    if (read.length === 0) return refuse('missing', 'the reply has no answer for it');
    if (read.includes(undefined))
      return refuse('unknown-label', `the answer is not one of ${relations.join(', ')}, none`);
    const [first, ...others] = read;
    if (others.some((other) => other !== first))
      return refuse('ambiguous', 'the reply gives two different answers');
    return { mentions: [], ...(typeof first === 'string' ? { relation: first } : {}) };
  });
  return { answers, refusals };
}

/** The name of the relation; null if the answer is "no relation"; undefined if it is neither. */
function relationOf(words: string, relations: readonly string[]): string | null | undefined {
  if (words.length > longestAnswer) return undefined;
  const word = words
    .trim()
    .replaceAll(/^["'*`]+|["'*`.]+$/g, '')
    .toLowerCase();
  const named = relations.find((name) => name.toLowerCase() === word);
  if (named !== undefined) return named;
  if (/^(?:none|no|not related|unrelated|no relation|negative|0|false|null)$/.test(word)) return null;
  const [only, ...others] = relations;
  const isYes = /^(?:yes|true|1|related|positive)$/.test(word);
  return isYes && only !== undefined && others.length === 0 ? only : undefined;
}

function wordedAnswers(reply: string, questions: number): readonly Worded[] {
  const start = reply.search(/[{[]\s*(?:["'{[\u201C\d]|true|false)/);
  const json = start === -1 ? [] : answersIn(readLooseJson(reply, start).value);
  if (json.length > 0) return json;
  const lines = reply.split('\n').flatMap((line) => {
    const [, number, words] = /^\W{0,10}?(\d{1,3})\s{0,10}[.):-]([^]+)$/.exec(line) ?? [];
    return number === undefined || words === undefined ? [] : [{ number: Number(number), words }];
  });
  return lines.length === 0 && questions === 1 ? [{ number: undefined, words: reply }] : lines;
}

function answersIn(value: JsonValue): readonly Worded[] {
  if (Array.isArray(value)) return value.flatMap((entry: JsonValue) => answerOf(entry));
  if (!isJsonObject(value)) return [];
  const own = answerOf(value);
  if (own.length > 0) return own;
  const members = Object.entries(value);
  const numbered = members.flatMap(([key, member]) =>
    /^\d{1,3}$/.test(key) && isPlain(member) ? [{ number: Number(key), words: String(member) }] : [],
  );
  return numbered.length > 0
    ? numbered
    : (members.map(([, member]) => answersIn(member)).find((found) => found.length > 0) ?? []);
}

function answerOf(entry: JsonValue): readonly Worded[] {
  if (isPlain(entry)) return [{ number: undefined, words: String(entry) }];
  if (!isJsonObject(entry)) return [];
  const answer = answerKeys.map((key) => entry[key]).find((value) => value !== undefined && isPlain(value));
  if (answer === undefined || !isPlain(answer)) return [];
  const number = numberKeys
    .map((key) => entry[key])
    .find((value) => typeof value === 'number' || (typeof value === 'string' && /^\d{1,3}$/.test(value)));
  return [{ number: number === undefined ? undefined : Number(number), words: String(answer) }];
}

function isPlain(value: JsonValue): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null;
}
