import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { readReply } from '../../../../src/generation/judge/readTexts.ts';
import { parseCandidates } from '../../../../src/generation/promptSearch/candidateRequest.ts';
import { parseTopics } from '../../../../src/generation/topics/topicRequest.ts';
import { parseReply } from '../../../../src/llm/reply/parseReply.ts';
import { readMentions } from '../../../../src/questions/reading/readMentions.ts';
import { readRelations } from '../../../../src/questions/extract/readRelations.ts';
import { readVerdicts } from '../../../../src/questions/verify/readVerdicts.ts';
import type { MentionSpec } from '../../../../src/generation/plan/requestSpec.ts';

const labels = ['Disease', 'Chemical'];
const spec: MentionSpec = {
  task: 'ner',
  style: { name: 'case report', description: 'a case' },
  language: 'English',
  texts: 5,
  entityFree: 2,
  labels,
  topics: [],
};

const characters = 25_000;
/** In milliseconds. Quadratic time takes longer for a reply of so many characters; only then the growth is measured. */
const suspicious = 150;
/** How much longer a reply of four times the length may take; in quadratic time it takes 16 times as long. */
const mostGrowth = 9;

/** What the readers look for, once and again. */
const pieces = [
  ' ',
  '\n',
  '\t',
  ' \u2028',
  '\n ',
  'a',
  'a ',
  'A ',
  '1',
  '1.',
  '1. ',
  '1. a\n',
  '- ',
  '-',
  '- a\n',
  '+ a\n',
  '. ',
  'a. ',
  '{',
  '[',
  '}',
  ']',
  '"',
  '" ',
  "'",
  "' ",
  '\\',
  '\\"',
  ':',
  ': ',
  ',',
  ', ',
  '{"',
  '["',
  '["a',
  '{"a":',
  '{"a":[',
  '[{"text": "a", ',
  '"a" , ',
  '"a" : ',
  '" , "',
  '"  }',
  '{"text":"a"},',
  '{"text":"a"',
  '{a:',
  '}  ,  ',
  '} {',
  '"text": "',
  'null,',
  '1,',
  '-1e',
  '/',
  '//',
  '//a\n',
  '"//',
  '/*',
  '*/',
  '/**/',
  '"/*',
  '#',
  '# \n',
  '{//',
  '[/*',
  '`',
  '``` ',
  '```\n',
  '```json\n',
  '```think\n',
  '<',
  '>',
  '< ',
  '</',
  '</ ',
  '<a',
  '<a ',
  '<a>',
  '</a>',
  '<a a=a ',
  '<e ',
  '<e a',
  '<span a=',
  '<b ',
  '<br ',
  '&lt;',
  '&lt; ',
  '&#',
  '&',
  '<Disease>',
  '</Disease>',
  '<Disease>a</Disease> ',
  '<Disease>gout',
  '<Disease>Crohn disease</Disease> ',
  '<DISEASE ',
  'Disease',
  '(Disease',
  '[Disease]',
  '[Disease: ',
  'B-Disease ',
  '[a](',
  '[a](Disease',
  '{Disease}a',
  '@@',
  '##',
  '@@a## ',
  '[[',
  '[[a|',
  '**',
  '** ',
  '**a',
  '**a ',
  '__',
  '__a ',
  '_a ',
  '*a ',
  '*',
  '_',
  '\uFF1C',
  '\u3010a',
  '<think>',
  '</think>',
  '<think></think>',
  '<reason>',
  '</reason>',
  '[THINK]',
  '[plan]',
  '{"a <plan>',
  '<foo>',
  '</foo>',
  '<foo',
  '<!--',
  '-->',
  'Answer: ',
  'Answer:\n',
  'analysis',
  '<|',
  '<|a|>',
  '</s>',
  '<|channel|>',
  '<|message|>',
  '<|channel|>final<|message|>a',
  '<|end|>',
  '[INST]',
  'User:',
  '\nUser: a',
  '\n## User',
  '### ',
  'assistantfinal',
  '|',
  '| ',
  '| a ',
  '|-|\n',
  '| a |\n',
  '\\|',
  '<text>',
  '</text>',
  '<text>a</text>',
  '<text a="',
  '<item><text>',
  '<li>',
  '<![CDATA[',
  '- text: a\n',
  '- text: "a\n',
  '  text: a\n',
  'text:',
  '- a: ',
  'a:  ',
  'Text 1: ',
  '**Text 1:**\n',
  'Text 1 ',
  '(No ',
  '(no mentions) ',
  'No entities: ',
  'keep ',
  '1. keep\n',
  '1 : \n',
];

/** Beginnings that lead a reader to a place where it looks for a piece. */
const beginnings = [
  '',
  '{"texts":[{"text":"',
  '- text: ',
  '1. <Disease>a</Disease> ',
  '| a |\n|-|\n| ',
  '<text>',
  '<Disease>a</Disease>',
];

const readers: Readonly<Record<string, (reply: string) => unknown>> = {
  generate: (reply) => readReply(parseReply(reply, { labels }), spec),
  extract: (reply) => readMentions(reply, ['He has gout.', 'No pain.'], labels),
  verify: (reply) => readVerdicts(reply, [{ text: 'He has gout.', mentions: [], doubts: [] }], labels),
  relations: (reply) => readRelations(reply, [{ task: 're', text: 'a', relations: ['causes'] }]),
  topics: (reply) => parseTopics(reply),
  prompts: (reply) => parseCandidates(reply, 'ner', 4),
};

/** In milliseconds of computing: the shortest of several times. Waiting for other programs does not count. */
function timeOf(work: () => unknown, times = 1): number {
  return Math.min(
    ...Array.from({ length: times }, () => {
      const begun = process.cpuUsage();
      work();
      return process.cpuUsage(begun).user / 1000;
    }),
  );
}

describe('a reply of one repeated piece', () => {
  it.each(Object.entries(readers))(
    'is read in linear time: %s',
    (name, read) => {
      const slow: string[] = [];
      for (const beginning of name === 'generate' ? beginnings : ['']) {
        for (const piece of pieces) {
          const reply = (length: number): string => beginning + piece.repeat(length / piece.length);
          const spent = timeOf(() => read(reply(characters)));
          if (spent < suspicious) continue;
          const growth =
            timeOf(() => read(reply(4 * characters)), 3) / timeOf(() => read(reply(characters)), 3);
          if (growth > mostGrowth) slow.push(`${JSON.stringify(beginning + piece)}: ${growth} times`);
        }
      }
      expect(slow).toEqual([]);
    },
    600_000,
  );
});
