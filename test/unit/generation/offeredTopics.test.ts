import { describe, expect, test } from 'vitest';
import type { Document } from '../../../src/corpus/document.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { EntityType, Project } from '../../../src/project/project.ts';
import { balanceCounter } from '../../../src/generation/balance/balanceCounter.ts';
import { describeBalance } from '../../../src/generation/balance/describeBalance.ts';
import { planRequest } from '../../../src/generation/plan/planRequest.ts';
import { planRun } from '../../../src/generation/plan/planRun.ts';
import { takeInTurn } from '../../../src/generation/plan/topicOrder.ts';
import { buildPrompt } from '../../../src/generation/prompt/buildPrompt.ts';
import { lexiconTopics, loadLexicon } from '../../../src/generation/topics/lexicon.ts';
import { offlineWriter } from '../../../src/generation/offline/offlineWriter.ts';

const lexicon = await loadLexicon('.');
const none = { accepted: 0, acceptedNegative: 0 };

const type = (name: string, definition = 'One of them.'): EntityType => ({
  name,
  definition,
  examples: [],
  counterExamples: [],
});
const projectOf = (...entityTypes: readonly EntityType[]): Project => ({ ...defaultProject, entityTypes });

const namesFor = (project: Project, name: string, version?: 1): readonly string[] =>
  lexiconTopics(project, lexicon, {
    types: [name],
    count: Infinity,
    seed: 1,
    ...(version === undefined ? {} : { version }),
  }).map((topic) => topic.name);

describe('the topics of a request', () => {
  const topics = Array.from({ length: 40 }, (_, index) => ({ type: 'Disease', name: `disease ${index}` }));
  const options = { task: 'ner', project: defaultProject, count: 100, seed: 1, topics } as const;

  test('are more than its texts, so that a model can choose those that suit the style', () => {
    const spec = planRequest(planRun(options), 0, none);
    expect(spec.topics).toHaveLength(9);
    const wish = buildPrompt(spec, defaultProject).at(-1)?.content;
    expect(wish).toContain('There are more names than needed: choose those that suit the style.');
    expect(wish).toContain('tag it as that type');
  });

  test('are one for each text in a run that was begun so', () => {
    const plan = planRun({ ...options, version: 1 });
    const spec = planRequest(plan, 0, none);
    expect(spec.topics).toHaveLength(6);
    const [, wish] = buildPrompt(spec, defaultProject, 1);
    expect(wish?.content).not.toContain('choose');
  });

  test('advance so that each is the first choice of one request', () => {
    const plan = planRun(options);
    const first = [0, 1, 2, 3, 4].flatMap((index) => planRequest(plan, index, none).topics.slice(0, 6));
    expect(new Set(first).size).toBe(30);
  });
});

describe('topics whose types take turns', () => {
  const genes = ['A', 'B', 'C'].map((name) => ({ type: 'Gene', name }));
  const diseases = Array.from({ length: 50 }, (_, index) => ({ type: 'Disease', name: `${index}` }));
  const names = [...genes, ...diseases];

  test('go on with each type evenly when one of them is used up', () => {
    const uses = new Map<string, number>();
    for (let request = 0; request < 40; request++) {
      const taken = takeInTurn(names, { request, count: 4, stride: 4 });
      expect(taken.filter((topic) => topic.type === 'Gene')).toHaveLength(2);
      for (const { name } of taken) uses.set(name, (uses.get(name) ?? 0) + 1);
    }
    const ofGenes = genes.map(({ name }) => uses.get(name) ?? 0);
    expect(Math.max(...ofGenes) - Math.min(...ofGenes)).toBeLessThanOrEqual(2);
  });

  test('are fewer rather than one twice', () => {
    expect(takeInTurn(genes, { request: 1, count: 9, stride: 4 })).toHaveLength(3);
    expect(takeInTurn([], { request: 1, count: 9, stride: 4 })).toEqual([]);
  });

  test('raise no alarm about shares, however many topics a type has', () => {
    const plan = planRun({
      task: 're',
      project: defaultProject,
      count: 100,
      seed: 1,
      topics: names,
      isFromLexicon: true,
    });
    const counter = balanceCounter(plan);
    for (let index = 0; index < 60; index++) {
      const { name } = (index % 2 === 0 ? genes[index % 3] : diseases[index % 50]) ?? { name: '' };
      const document = {
        id: 'x',
        text: 'x',
        spans: [],
        relations: [],
        attributes: [],
        meta: { seeds: [name], style: 'case report' },
      };
      counter.add(document);
    }
    expect(describeBalance(counter.result()).filter((line) => line.includes('uses of topics'))).toEqual([
      '  uses of topics of Gene: 50.0% (of those offered: 50.0%)',
      '  uses of topics of Disease: 50.0% (of those offered: 50.0%)',
    ]);
  });
});

describe('the lexicon', () => {
  test.each([
    ['Chemical', 'napalm'],
    ['Disease', 'algidity'],
    ['Disease', 'lepidophobia'],
    ['Disease', 'misshapenness'],
    ['Procedure', 'trephination'],
  ])('has no %s that texts of today do not use: %s', async (name, avoided) => {
    expect(namesFor(defaultProject, name)).not.toContain(avoided);
    expect(namesFor(defaultProject, name, 1)).toContain(avoided);
    const spec = {
      ...planRequest(planRun({ task: 'ner', project: defaultProject, count: 900, seed: 1 }), 0, none),
    };
    const written = async (version: 1 | 2): Promise<string> => {
      const texts: string[] = [];
      for (let index = 0; index < 150; index++) {
        const request = { spec, index, version, messages: [], replySchema: {}, maxTokens: 1 };
        texts.push((await offlineWriter(lexicon, 1).complete(request, new AbortController().signal)).text);
      }
      return texts.join('\n');
    };
    expect(await written(2)).not.toContain(avoided);
  });

  const tests = ['urine culture', 'MRI', 'Widal test'];

  test('gives a type of procedures no tests if another type is about them, and that type the tests', () => {
    const project = projectOf(type('Procedure'), type('Lab_test'));
    for (const name of tests) expect(namesFor(project, 'Procedure')).not.toContain(name);
    expect(namesFor(project, 'Procedure')).toContain('appendectomy');
    expect(namesFor(project, 'Lab_test')).toContain('urine culture');
  });

  test.each([
    ['An operation or treatment, not a test or imaging.', false],
    ['An operation or treatment. Leave out diagnostic tests.', false],
    ['An operation or test. Leave out the bare word "test".', true],
    ['Whatever is done for a patient.', true],
  ])('heeds what the definition says: %s', (definition, hasTests) => {
    const names = namesFor(projectOf(type('Procedure', definition)), 'Procedure');
    for (const name of tests) expect(names.includes(name)).toBe(hasTests);
  });

  test('keeps symptoms, cancers and drugs for types of their own', () => {
    const project = projectOf(
      type('Disease'),
      type('Sign_symptom'),
      type('Cancer'),
      type('Chemical'),
      type('Drug'),
    );
    expect(namesFor(project, 'Disease')).not.toContain('dizziness');
    expect(namesFor(project, 'Disease')).not.toContain('lung cancer');
    expect(namesFor(project, 'Sign_symptom')).toContain('dizziness');
    expect(namesFor(project, 'Cancer')).toContain('lung cancer');
    expect(namesFor(project, 'Chemical')).not.toContain('acarbose');
    expect(namesFor(project, 'Drug')).toContain('acarbose');
    expect(namesFor(projectOf(type('Disease')), 'Disease')).toContain('dizziness');
  });
});

test('a topic that is tagged as another type is counted as that', () => {
  const topics = [{ type: 'Procedure', name: 'PKU test' }];
  const plan = planRun({ task: 'ner', project: defaultProject, count: 100, seed: 1, topics });
  const counter = balanceCounter(plan);
  const span = { id: 'T1', start: 0, end: 8, label: 'Disease', source: 'llm' };
  counter.add({
    id: 'x',
    text: 'PKU test.',
    spans: [span],
    relations: [],
    attributes: [],
    meta: { seeds: ['PKU test'] },
  } as unknown as Document);
  expect(describeBalance(counter.result()).at(-1)).toContain('1 time tagged as another type');
});
