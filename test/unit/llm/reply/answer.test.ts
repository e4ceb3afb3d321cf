import { describe, expect, it } from 'vitest';
import { parseCandidates } from '../../../../src/generation/promptSearch/candidateRequest.ts';
import { parseTopics } from '../../../../src/generation/topics/topicRequest.ts';
import { answerIn, reasoningIn } from '../../../../src/llm/reply/answer/answerIn.ts';
import { parseReply } from '../../../../src/llm/reply/parseReply.ts';
import { readMentions } from '../../../../src/questions/reading/readMentions.ts';
import { readRelations } from '../../../../src/questions/extract/readRelations.ts';

const labels = ['Disease', 'Plan'];
const texts = ['He has <Disease>gout</Disease>.', 'No new complaints today.'];
const json = JSON.stringify({ texts: texts.map((text) => ({ text })) });
const list = `1. ${texts[0] ?? ''}\n2. ${texts[1] ?? ''}`;
const draft = 'I could write {"texts": [{"text": "A draft about <Disease>measles</Disease>."}]} or\n1. more.';

const read = (reply: string): readonly string[] => parseReply(reply, { labels }).map(({ text }) => text);

/** Ways in which models and servers write reasoning before an answer. */
const forms: readonly (readonly [string, (thoughts: string) => string])[] = [
  ...[
    'think',
    'thinking',
    'thought',
    'thoughts',
    'Reasoning',
    'reason',
    'analysis',
    'SCRATCHPAD',
    'scratch_pad',
    'reflection',
  ].map((name) => [`<${name}>`, (thoughts: string) => `<${name}>${thoughts}</${name}>\n`] as const),
  ...[
    'seed:think',
    'antml:thinking',
    'longcat_think',
    'inner_monologue',
    'chain_of_thought',
    'rationale',
  ].map((name) => [`<${name}>`, (thoughts: string) => `<${name}>\n${thoughts}\n</${name}>`] as const),
  ...['weighing', 'my-notes', 'step1', 'details', 'Überlegung'].map(
    (name) =>
      [
        `a tag of the model's own, <${name}>`,
        (thoughts: string) => `<${name}>${thoughts}</${name}>\n\n`,
      ] as const,
  ),
  ['U+25C1 and U+25B7', (thoughts) => `\u25C1think\u25B7${thoughts}\u25C1/think\u25B7`],
  ['square brackets', (thoughts) => `[THINK]${thoughts}[/THINK]`],
  ['square brackets, reasoning', (thoughts) => `[reasoning]${thoughts}[/reasoning]`],
  ['curly brackets', (thoughts) => `{think}${thoughts}{/think}`],
  ['full-width brackets', (thoughts) => `\uFF1Cthink\uFF1E${thoughts}\uFF1C/think\uFF1E`],
  ['lenticular brackets', (thoughts) => `\u3010thought\u3011${thoughts}\u3010/thought\u3011`],
  ['control tokens', (thoughts) => `<|begin_of_thought|>${thoughts}<|end_of_thought|>`],
  [
    'control tokens in capitals',
    (thoughts) => `<|START_THINKING|>${thoughts}<|END_THINKING|><|START_RESPONSE|>`,
  ],
  ['a channel of another notation', (thoughts) => `<|channel>thought\n${thoughts}<channel|>`],
  ['the inner tokens', (thoughts) => `<|inner_prefix|>${thoughts}<|inner_suffix|>`],
  ['attributes', (thoughts) => `<think effort="high">${thoughts}</think>`],
  ['an opening tag that the template wrote', (thoughts) => `${thoughts}</think>`],
  ['an opening tag that the template wrote, of another name', (thoughts) => `${thoughts}\n</reasoning>\n`],
  [
    'reasoning inside reasoning',
    (thoughts) => `<thinking>${thoughts}<reflection>No.</reflection>${thoughts}</thinking>`,
  ],
  ['two blocks', (thoughts) => `<think>${thoughts}</think><reflection>${thoughts}</reflection>`],
  ['words before the block', (thoughts) => `Let me see.\n<reasoning>${thoughts}</reasoning>\n`],
  ['a code fence', (thoughts) => `\`\`\`thinking\n${thoughts}\n\`\`\`\n`],
  ['blanks in the tags', (thoughts) => `< think >${thoughts}</ think >`],
  ['tags as character references', (thoughts) => `&lt;think&gt;${thoughts}&lt;/think&gt;`],
  ['headings that say draft and final', (thoughts) => `Draft: ${thoughts}\n\nFinal:\n`],
  ['a comment', (thoughts) => `<!-- ${thoughts} -->`],
  ['headings', (thoughts) => `**Thought process:** ${thoughts}\n\n**Answer:**\n`],
  [
    'harmony',
    (thoughts) =>
      `<|channel|>analysis<|message|>${thoughts}<|end|><|start|>assistant<|channel|>final<|message|>`,
  ],
  [
    'harmony with a constraint and a comment',
    (thoughts) =>
      `<|channel|>analysis<|message|>${thoughts}<|end|><|start|>assistant<|channel|>commentary<|message|>${thoughts}<|end|>` +
      '<|start|>assistant<|channel|>final <|constrain|>json<|message|>',
  ],
  [
    'harmony that begins in the middle',
    (thoughts) => `${thoughts}<|end|><|start|>assistant<|channel|>final<|message|>`,
  ],
  ['harmony without its tokens', (thoughts) => `analysisWe think. ${thoughts}assistantfinal`],
];

describe('the answer in a reply', () => {
  it.each(forms)('is what stands behind reasoning: %s', (_, form) => {
    expect(read(form(draft) + json)).toEqual(texts);
    expect(read(`${form(draft)}\n${list}`)).toEqual(texts);
    expect(read(`${form(draft)}\nHere they are:\n\`\`\`json\n${json}\n\`\`\``)).toEqual(texts);
  });

  it.each(forms.filter(([name]) => !/own|comment$|headings|fence/.test(name)))(
    'is empty when there is reasoning only: %s',
    (_, form) => {
      expect(read(form(draft))).toEqual([]);
      expect(reasoningIn(form(draft))).toBeGreaterThan(draft.length / 2);
    },
  );

  it.each([
    '<think>',
    '<thought>',
    '<|channel|>analysis<|message|>',
    '\u25C1think\u25B7',
    '[THINK]',
    'analysisWe ',
  ])('is empty when the reply ends inside reasoning: %s', (opening) => {
    expect(read(opening + draft)).toEqual([]);
  });

  it.each([
    '</think>',
    '\n</thinking>\n',
    '</think></think>',
    '</reasoning>',
    '[/THINK]',
    '</think>\n<|im_end|>',
  ])('stands before a stray closing tag: %s', (closing) => {
    expect(read(json + closing)).toEqual(texts);
    expect(read(list + closing)).toEqual(texts);
    expect(read(`\`\`\`json\n${json}\n\`\`\`${closing}`)).toEqual(texts);
    expect(read(`I think of ${json}, perhaps.${closing}`)).toEqual([]);
  });

  it('is not in a member of the JSON that holds reasoning', () => {
    const drafts = [{ text: 'A draft about <Disease>measles</Disease>.' }];
    for (const key of [
      'reasoning',
      'thoughts',
      'analysis',
      'scratchpad',
      'plan',
      'chain_of_thought',
      'draft',
    ]) {
      expect(read(JSON.stringify({ [key]: drafts, texts })), key).toEqual(texts);
    }
  });

  it('keeps tags and headings of texts that have names of reasoning', () => {
    for (const text of [
      '[Plan] Continue <Disease>gout</Disease> diet.',
      'A <Plan>biopsy</Plan> of the skin.',
      'He gave a <Reason>fever</Reason> today.',
      'Assessment {analysis} done [/analysis] today.',
    ]) {
      expect(read(JSON.stringify({ texts: [{ text }] }))).toEqual([text]);
    }
    expect(answerIn('<Disease>Gout</Disease>\n- flared.', labels)).toContain('Gout');
    expect(read(`<answer>${json}</answer>`)).toEqual(texts);
  });

  it.each([
    ['<|im_end|>', ''],
    ['</s>', '<s>'],
    ['<|eot_id|>', '<|start_header_id|>assistant<|end_header_id|>\n\n'],
    ['<end_of_turn>', '<start_of_turn>model\n'],
    ['<\uFF5Cend\u2581of\u2581sentence\uFF5C>', ''],
    ['<|end|>\n<|user|>\nWrite one more.\n<|assistant|>\n["A <Disease>draft</Disease>."]', '<|assistant|>'],
    ['\n\nUser: Write one more.\nAssistant: ["A <Disease>draft</Disease>."]', ''],
    [
      '\n\n### Instruction:\nWrite one more.\n### Response:\n["A <Disease>draft</Disease>."]',
      '### Response:\n',
    ],
    ['[/INST] ["A <Disease>draft</Disease>."]', ''],
  ])('ends with its turn: %s', (after, before) => {
    expect(read(before + json + after)).toEqual(texts);
    expect(read(before + list + after)).toEqual(texts);
  });

  it('is read alike for texts, given texts, relations, topics and prompt templates', () => {
    const thoughts = '<reasoning>{"names": ["x ray"], "relation": "none", "1": "none"} 1. none</reasoning>';
    const { answers } = readMentions(thoughts + json, ['He has gout.', 'No new complaints today.'], labels);
    expect(answers.map((answer) => answer?.mentions.length)).toEqual([1, 0]);
    const question = { task: 're', text: 'a', relations: ['causes'] } as const;
    expect(readRelations(`${thoughts}1. causes`, [question]).answers[0]?.relation).toBe('causes');
    expect(parseTopics(`${thoughts}{"names": ["gout"]}`)).toEqual(['gout']);
    const template = { idea: 'a', system: 's', request: '{{texts}} {{types}} {{reply}} {{seeds}}' };
    const found = parseCandidates(
      `<thought>{"request": "no"}</thought>${JSON.stringify([template])}`,
      'ner',
      3,
    );
    expect(found.map(({ idea }) => idea)).toEqual(['a']);
  });
});
