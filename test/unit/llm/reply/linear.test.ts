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

const characters = 200_000;
/** In milliseconds, for one reader and one reply, on a slow and busy computer. Quadratic time takes many times that. */
const most = 1500;

/** What the readers look for, once and again. */
const pieces = [
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
  ...[
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
  ],
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

describe('a reply of one repeated piece', () => {
  it.each(Object.entries(readers))(
    'is read in linear time: %s',
    (_, read) => {
      const slow: string[] = [];
      for (const beginning of beginnings) {
        for (const piece of pieces) {
          const reply = beginning + piece.repeat(characters / piece.length);
          const begun = performance.now();
          read(reply);
          const spent = performance.now() - begun;
          if (spent > most) slow.push(`${JSON.stringify(beginning + piece)} ${Math.round(spent)} ms`);
        }
      }
      expect(slow).toEqual([]);
    },
    600_000,
  );
});
