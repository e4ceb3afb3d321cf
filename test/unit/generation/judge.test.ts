import type { MentionSpec, RelationSpec } from '../../../src/generation/plan/requestSpec.ts';
import { describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { createJudge, type Judge } from '../../../src/generation/judge/judge.ts';
import { readReply } from '../../../src/generation/judge/readTexts.ts';
import type { ReplyItem } from '../../../src/llm/reply/replyItems.ts';

const style = { name: 'case report', description: 'a case' };
const spec: MentionSpec = {
  task: 'ner',
  style,
  language: 'English',
  texts: 5,
  entityFree: 2,
  labels: ['Disease', 'Chemical', 'Procedure'],
  topics: [],
};
const relationSpec: RelationSpec = {
  task: 're',
  style,
  language: 'English',
  texts: 5,
  negative: 2,
  relation: { name: 'association', head: 'Gene', tail: 'Disease', definition: 'x' },
  topics: [],
};
const [disease, ...otherTypes] = defaultProject.entityTypes;
const example = 'The <Disease>gout</Disease> of his left toe had settled by then.';
const project = {
  ...defaultProject,
  entityTypes: disease === undefined ? [] : [{ ...disease, examples: [example] }, ...otherTypes],
};

function reasonFor(text: string, given: MentionSpec | RelationSpec = spec, related?: boolean): string {
  return reasonBy(createJudge(project), related === undefined ? { text } : { text, related }, given);
}

function reasonBy(judge: Judge, item: ReplyItem, given: MentionSpec | RelationSpec): string {
  const read = readReply([item], given);
  const verdict = read.texts.map((text) => judge.judge(text, read))[0];
  return verdict?.accepted === true ? 'accepted' : (verdict?.reason ?? '');
}

describe('createJudge', () => {
  it('accepts texts with and without mentions', () => {
    expect(reasonFor('No <Disease>chest pain</Disease> today.')).toBe('accepted');
    expect(reasonFor('The heart sounds are normal.')).toBe('accepted');
  });

  it.each([
    ['malformed', 'Has <Disease>gout and takes pills.'],
    ['malformed', 'He had hepa<Disease>titis</Disease> yesterday.'],
    ['malformed', 'He had <Disease>gout</Disease> \u0000 yesterday.'],
    ['malformed', 'He had <Disease>gout</Disease> \uD800 yesterday.'],
    ['malformed', 'He had <Disease>gout</Disease> caf\uFFFD yesterday.'],
    ['accepted', 'PLAN:\r\n1.\t<Disease>gout</Disease> \u{1F600}\n2. rest'],
    ['unknown-label', 'Has <Condition>gout</Condition> today.'],
    ['ambiguous-mention', 'The <Disease>alcohol</Disease> and <Chemical>alcohol</Chemical> story.'],
    ['too-short', '<Disease>Gout</Disease>.'],
    ['too-long', 'word '.repeat(400)],
    ['copied-example', 'The gout of his left toe had settled by then.'],
    ['identifier', 'Please call 555-123-4567 about the results.'],
    ['identifier', 'Mr. Miller came with <Disease>gout</Disease>.'],
    ['identifier', 'Admitted on 03/14/2021 with <Disease>gout</Disease>.'],
    ['identifier', 'MRN: 48291734, seen for <Disease>gout</Disease>.'],
    ['identifier', 'Write to jane.doe@example.org about the <Disease>gout</Disease>.'],
  ])('decides %s: %s', (reason, text) => {
    expect(reasonFor(text)).toBe(reason);
  });

  it('takes a text that is just as long as one may be, or as short', () => {
    const text = 'The lungs are clear.';
    const bounded = (minLength: number, maxLength: number): string =>
      reasonBy(
        createJudge({ ...project, generation: { ...project.generation, minLength, maxLength } }),
        { text },
        spec,
      );
    expect(bounded(text.length, text.length)).toBe('accepted');
    expect(bounded(text.length + 1, 100)).toBe('too-short');
    expect(bounded(1, text.length - 1)).toBe('too-long');
  });

  it('accepts placeholders and ordinary numbers', () => {
    expect(reasonFor('Dr. [NAME] saw her on [DATE]; BP 120/80, 5-10 mg, 1/2 tablet, in 2019.')).toBe(
      'accepted',
    );
  });

  it('recognises a topic in the plural and the singular', () => {
    const topics = [
      { type: 'Disease', name: 'neuropathy' },
      { type: 'Chemical', name: 'Benzodiazepines' },
    ];
    expect(reasonFor('Known <Disease>peripheral neuropathies</Disease>, stable.', { ...spec, topics })).toBe(
      'accepted',
    );
    expect(reasonFor('Took a <Chemical>benzodiazepine</Chemical>, slept.', { ...spec, topics })).toBe(
      'accepted',
    );
    expect(reasonFor('Known <Disease>neuropathic pain</Disease>, stable.', { ...spec, topics })).toBe(
      'seed-absent',
    );
  });

  it('does not require a topic in a text whose mentions are all of types without topics', () => {
    const withTopic = {
      ...spec,
      topics: [{ type: 'Disease', name: 'gout' }],
      withoutTopics: ['Chemical', 'Procedure'],
    };
    expect(reasonFor('Takes <Chemical>aspirin</Chemical> at night.', withTopic)).toBe('accepted');
    expect(
      reasonFor('Known <Disease>asthma</Disease> needs <Chemical>salbutamol</Chemical>.', withTopic),
    ).toBe('seed-absent');
  });

  it('requires a tagged topic if topics were requested, but not in a text without mentions', () => {
    const withTopic = { ...spec, topics: [{ type: 'Disease', name: 'gout' }] };
    expect(reasonFor('Known <Disease>asthma</Disease>, stable.', withTopic)).toBe('seed-absent');
    expect(reasonFor('Known <Disease>Gout</Disease>, stable.', withTopic)).toBe('accepted');
    expect(reasonFor('The lungs are clear today.', withTopic)).toBe('accepted');
    expect(reasonFor('Known <Disease>acute gout flares</Disease>, stable.', withTopic)).toBe('accepted');
    expect(reasonFor('Known <Disease>goutish pain</Disease>, stable.', withTopic)).toBe('seed-absent');
  });

  it.each([
    ['accepted', 'gout', 'gouts'],
    ['accepted', 'gout', 'gouts and fevers'],
    ['accepted', 'abscess', 'abscesses'],
    ['accepted', 'gout', 'chronic gout'],
    ['seed-absent', 'gout', 'goutsy'],
    ['seed-absent', 'gout', 'gouts2'],
    ['seed-absent', 'gout', 'gouty signs'],
    ['seed-absent', 'gout', 'nongout'],
  ])('judges as %s, when %s was asked for: %s', (reason, name, mention) => {
    const withTopic = { ...spec, topics: [{ type: 'Disease', name }] };
    expect(reasonFor(`Known <Disease>${mention}</Disease>, stable for years.`, withTopic)).toBe(reason);
  });

  it('lets a model tag a topic as another type, but a longer name of another type is not the topic', () => {
    const withTopic = { ...spec, topics: [{ type: 'Disease', name: 'gout' }] };
    expect(reasonFor('Given <Chemical>Gout</Chemical> yesterday.', withTopic)).toBe('accepted');
    expect(reasonFor('Given <Chemical>gout tablets</Chemical> yesterday.', withTopic)).toBe('seed-absent');
  });

  it('finds a topic in a longer mention in a script without spaces between words', () => {
    const withTopic = { ...spec, topics: [{ type: 'Disease', name: '糖尿病' }] };
    expect(reasonFor('患者有<Disease>2型糖尿病</Disease>十年，控制不佳。', withTopic)).toBe('accepted');
  });

  it('rejects a repeated example in a script without spaces between words', () => {
    const chinese = '患者的<Disease>痛风</Disease>在左脚大脚趾，已经好转了。';
    const ofChinese = createJudge({
      ...project,
      entityTypes: disease === undefined ? [] : [{ ...disease, examples: [chinese] }],
    });
    expect(reasonBy(ofChinese, { text: chinese }, spec)).toBe('copied-example');
  });

  it('rejects a text that is the same as, or similar to, an earlier one', () => {
    const judge = createJudge(project);
    const text = 'The patient was started on a low dose and followed for six weeks in the clinic.';
    judge.remember(text);
    const reason = (other: string): string => reasonBy(judge, { text: other }, spec);
    expect(reason(text.toUpperCase())).toBe('duplicate');
    expect(reason(text.replace('six', 'eight'))).toBe('accepted');
    expect(reason(text.replace('the clinic', 'clinic'))).toBe('near-duplicate');
  });

  it('requires one head and one tail, neither twice, and a verdict on the pair', () => {
    const pair = '<Gene>CFTR</Gene> causes <Disease>cystic fibrosis</Disease>';
    expect(reasonFor(`${pair}.`, relationSpec, true)).toBe('accepted');
    expect(reasonFor(`${pair}.`, relationSpec)).toBe('malformed');
    expect(reasonFor(`${pair}, and CFTR is long.`, relationSpec, true)).toBe('untagged-mention');
    expect(reasonFor(`${pair} or <Disease>asthma</Disease>.`, relationSpec, true)).toBe('wrong-pair');
    expect(reasonFor('<Gene>CFTR</Gene> and <Gene>PAH</Gene> differ.', relationSpec, false)).toBe(
      'wrong-pair',
    );
  });

  it('may name other requested topics untagged beside the pair, and only the pair again is a fault', () => {
    const withTopics: RelationSpec = {
      ...relationSpec,
      topics: [
        { type: 'Gene', name: 'CFTR' },
        { type: 'Gene', name: 'SCNN1A' },
        { type: 'Disease', name: 'bronchiectasis' },
      ],
    };
    const pair = '<Gene>CFTR</Gene> causes <Disease>cystic fibrosis</Disease>';
    expect(reasonFor(`${pair}, as SCNN1A causes bronchiectasis.`, withTopics, true)).toBe('accepted');
    expect(reasonFor(`${pair}, as CFTR causes bronchiectasis.`, withTopics, true)).toBe('untagged-mention');
    const confused = '<Disease>SCNN1A</Disease> is told from <Gene>CFTR</Gene>';
    expect(reasonFor(`${confused}.`, withTopics, false)).toBe('ambiguous-mention');
  });
});
