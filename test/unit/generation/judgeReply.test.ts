import { readReply } from '../../../src/generation/judge/readTexts.ts';
import { judgeReply } from '../../../src/generation/run/judgeReply.ts';
import type { MentionSpec } from '../../../src/generation/plan/requestSpec.ts';
import { describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { createJudge } from '../../../src/generation/judge/judge.ts';
import { buildPrompt } from '../../../src/generation/prompt/buildPrompt.ts';
import type { CompletionReply, Provider } from '../../../src/llm/provider.ts';

const spec: MentionSpec = {
  task: 'ner',
  style: { name: 'case report', description: 'a case' },
  language: 'English',
  texts: 5,
  entityFree: 2,
  labels: ['Disease', 'Chemical', 'Procedure'],
  topics: [],
};
const provider: Provider = {
  name: 'test',
  model: 'test',
  destination: { kind: 'local', host: 'this process' },
  complete: () => Promise.reject(new Error('nothing is sent')),
};

const plain = [
  'The lungs were clear to auscultation on both sides.',
  'His daughter drove him home in the evening.',
  'The wound was dry and the dressing stayed in place.',
  'Vital signs were stable throughout the night.',
  'She walks two miles every morning without a stick.',
];

interface Outcome {
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
  readonly details: readonly string[];
}

/** The texts of the accepted lines, and the reasons of the others. `acceptedBefore`: texts with mentions. */
function outcomeOf(texts: readonly string[], given: Partial<MentionSpec> = {}, acceptedBefore = 0): Outcome {
  const text = JSON.stringify({ texts: texts.map((one) => ({ text: one })) });
  return outcomeOfReply({ text }, given, acceptedBefore);
}

function outcomeOfReply(
  reply: CompletionReply,
  given: Partial<MentionSpec> = {},
  acceptedBefore = 0,
): Outcome {
  const { accepted, rejected } = judgeReply(reply, {
    index: 0,
    provenance: { run: 'run', provider, promptHash: '', spec: { ...spec, ...given } },
    judge: createJudge(defaultProject),
    tally: {
      accepted: acceptedBefore,
      acceptedNegative: 0,
      rejected: 0,
      requests: 0,
      tokens: undefined,
      reasons: {},
    },
    count: 100,
  });
  return {
    accepted: accepted.map((line) => (JSON.parse(line) as { text: string }).text),
    rejected: rejected.map((line) => (JSON.parse(line) as { reason: string }).reason),
    details: rejected.map((line) => (JSON.parse(line) as { detail: string }).detail),
  };
}

/** "accepted" for each accepted text, then the reasons of the rejected ones. */
function judged(...given: Parameters<typeof outcomeOf>): readonly string[] {
  const { accepted, rejected } = outcomeOf(...given);
  return [...accepted.map(() => 'accepted'), ...rejected];
}

describe('a reply that was cut off', () => {
  it('gives the lines of a list before its last one', () => {
    const text =
      '1. He has <Disease>gout</Disease> again.\n2. She has had <Disease>asthma</Disease> and was tr';
    expect(outcomeOfReply({ text, truncated: true })).toMatchObject({
      accepted: ['He has gout again.'],
      rejected: ['malformed'],
    });
  });
});

describe('a reply of a model that does not tag', () => {
  it('is rejected as a whole, because it does not show which of its texts have no mentions', () => {
    expect(judged(plain)).toEqual(plain.map(() => 'untagged'));
    expect(judged(plain.slice(0, 1), { texts: 1, entityFree: 0 })).toEqual(['untagged']);
  });

  it('is accepted if it has no more texts than were requested without a mention', () => {
    expect(judged(plain.slice(0, 2))).toEqual(['accepted', 'accepted']);
    expect(judged(plain, { entityFree: 5 })).toEqual(plain.map(() => 'accepted'));
  });

  it('is accepted if the model has tagged before and only a few tagged texts were requested', () => {
    expect(judged(plain.slice(0, 2), { texts: 2, entityFree: 1 })).toEqual(['untagged', 'untagged']);
    expect(judged(plain.slice(0, 2), { texts: 2, entityFree: 1 }, 1)).toEqual(['accepted', 'accepted']);
    expect(judged(plain, { texts: 8 }, 1)).toEqual(plain.map(() => 'untagged'));
  });

  it('is accepted if any text has a tag', () => {
    expect(judged([...plain.slice(1), 'He has had <Disease>gout</Disease> for years.'])).toEqual(
      plain.map(() => 'accepted'),
    );
  });
});

describe('what a reply alone tells', () => {
  it('is that its model does not tag, unless it is known to have tagged before', () => {
    const wanted = { ...spec, texts: 1, entityFree: 0 };
    const items = [{ text: plain[0] ?? '' }];
    expect(readReply(items, wanted).tagsNothing).toBe(true);
    expect(readReply(items, wanted, true).tagsNothing).toBe(false);
  });
});

describe('a text without a tag', () => {
  const tagged = 'Given <Chemical>metformin</Chemical> for <Disease>type 2 diabetes</Disease> since spring.';

  it('is rejected if it contains a topic as a word', () => {
    const topics = [{ type: 'Chemical', name: 'metformin' }];
    const untagged = 'She takes Metformin with her breakfast.';
    expect(judged([tagged, untagged], { topics })).toEqual(['accepted', 'untagged-mention']);
    expect(judged([tagged, 'The metforminium of her garden grew well.'], { topics })).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('is rejected if it contains a name that is tagged in another text of the reply', () => {
    expect(judged(['Her type 2 diabetes runs in the family.', tagged])).toEqual([
      'accepted',
      'untagged-mention',
    ]);
  });

  it('may hold a name with hyphens, and one of few characters, that are tagged elsewhere', () => {
    const hyphens = 'A <Disease>beta-blocker-induced</Disease> effect was seen in the ward.';
    expect(judged([hyphens, 'The beta-blocker-induced effect of the drug wore off.'])).toEqual([
      'accepted',
      'accepted',
    ]);
    const few = '患者有<Disease>糖尿病</Disease>十年，控制不佳，今日来诊。';
    expect(judged([few, '母亲的糖尿病由家庭医生管理，本人无异常。'])).toEqual(['accepted', 'accepted']);
    const many = '患者有<Disease>慢性肾功能衰竭</Disease>十年，控制不佳，今日来诊。';
    expect(judged([many, '母亲的慢性肾功能衰竭由家庭医生管理，本人无异常。'])).toEqual([
      'accepted',
      'untagged-mention',
    ]);
  });

  it('may contain single words that are names elsewhere', () => {
    const names = [
      'The <Disease>tumor</Disease> of the left lung was resected.',
      'Workers were exposed to <Chemical>lead</Chemical> for years.',
      'She was diagnosed with <Disease>AIDS</Disease> in the autumn.',
    ];
    expect(
      judged([
        ...names,
        'Tumor necrosis factor-alpha was measured by ELISA.',
        'Two nurses lead the group on the ward.',
        'He wears hearing aids at home.',
      ]),
    ).toEqual(Array.from({ length: 6 }, () => 'accepted'));
  });
});

describe('a text that repeats the prompt', () => {
  const prompt = buildPrompt(spec, defaultProject)
    .map(({ content }) => content)
    .join('\n');

  it.each([
    'Tag a name wherever it occurs, in brackets and as a part of a compound too.',
    'All people, places and numbers are invented. <Disease>Gout</Disease> of the left toe.',
    'The text is about <Disease>gout</Disease>; write no names of persons, no full dates, no telephone numbers.',
    'Do not nest tags.',
    'Each text is about {{seeds}} of the list.',
  ])('is rejected: %s', (text) => {
    expect(judged([text, 'Known <Disease>asthma</Disease> since childhood.'])).toEqual([
      'accepted',
      'copied-prompt',
    ]);
  });

  it('repeats the actual prompt in these tests', () => {
    expect(prompt).toContain('Tag a name wherever it occurs, in brackets and as a part of a compound too.');
    expect(prompt).toContain('All people, places and numbers are invented.');
    expect(prompt).toContain('Do not nest tags.');
  });

  it('is rejected with the tag of the example, which contains no word', () => {
    expect(judged(['Given <Disease>...</Disease> at home.'])).toEqual(['malformed']);
  });

  it('is accepted if it only repeats names and examples from the guideline', () => {
    const { examples } = defaultProject.entityTypes[0] ?? { examples: [] };
    expect(
      judged([
        `Problems: ${examples.slice(0, 3).join(', ')} and <Disease>gout</Disease>.`,
        'It may lead to hyperkalaemia and findings that are normal.',
      ])[0],
    ).toBe('accepted');
  });
});

describe('list markers', () => {
  const texts = [
    'He has had <Disease>gout</Disease> for years.',
    'The lungs were clear to auscultation.',
    'She takes <Chemical>aspirin</Chemical> daily.',
  ];
  const taken = (list: readonly string[]): readonly string[] => outcomeOf(list).accepted;
  const bare = taken(texts);

  it.each([
    ['numbers', (index: number) => `${index + 1}. `],
    ['numbers in brackets', (index: number) => `(${index + 1}) `],
    ['numbers that continue another list', (index: number) => `${index + 7}) `],
    ['hyphens', () => '- '],
    ['asterisks', () => '* '],
  ])('are removed: %s', (_, marker) => {
    expect(taken(texts.map((text, index) => marker(index) + text))).toEqual(bare);
  });

  it.each([
    ['a number that does not count', (index: number) => ['5. ', '', ''][index] ?? ''],
    ['the same number in each', () => '1. '],
    ['two consecutive numbers that do not begin at 1', (index: number) => `${index + 5}. `, 2],
    ['a hyphen before some', (index: number) => ['- ', '', '- '][index] ?? ''],
  ])('are kept: %s', (_, marker, count = 3) => {
    const marked = texts.slice(0, count).map((text, index) => marker(index) + text);
    expect(taken(marked)).toEqual(bare.slice(0, count).map((text, index) => marker(index) + text));
  });
});

describe('a reply without a text', () => {
  it.each([
    [{ text: '' }, 'the reply is empty'],
    [{ text: '', reasoning: 1234 }, 'the model wrote 1,234 characters of reasoning and no answer'],
    [
      { text: '', reasoning: 37, truncated: true },
      'the model wrote 37 characters of reasoning and no answer, because it reached the longest reply ("maxOutputTokens")',
    ],
    [
      { text: '<think>Let me think about it', truncated: true },
      'the model wrote 28 characters of reasoning and no answer, because it reached the longest reply ("maxOutputTokens")',
    ],
    [{ text: 'I am sorry.' }, 'the reply holds no list of texts'],
  ] satisfies [CompletionReply, string][])('says why: %j', (reply, detail) => {
    const { details } = outcomeOfReply(reply);
    expect(details).toEqual([detail]);
  });
});
