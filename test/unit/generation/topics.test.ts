import { projectTopics, takeTopics } from '../../../src/generation/plan/topicOrder.ts';
import { describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { lexiconTopics, loadLexicon } from '../../../src/generation/topics/lexicon.ts';
import { parseTopics, topicAreas, topicPrompt } from '../../../src/generation/topics/topicRequest.ts';

const named = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ type: 'Disease', name: `n${index}` }));

describe('takeTopics', () => {
  it.each([
    [10, 10, 10],
    [100, 6, 6],
    [97, 7, 6],
    [60, 5, 6],
    [7, 3, 10],
  ])('uses %i topics equally if requests take %i and advance by %i', (length, count, stride) => {
    const names = named(length);
    const uses = new Map(names.map(({ name }) => [name, 0]));
    const requests = 200 * length;
    for (let request = 0; request < requests; request++) {
      const taken = takeTopics(names, { request, count, stride });
      expect(new Set(taken).size).toBe(Math.min(count, length));
      for (const { name } of taken) uses.set(name, (uses.get(name) ?? 0) + 1);
    }
    const even = (requests * Math.min(count, length)) / length;
    for (const used of uses.values()) expect(Math.abs(used / even - 1)).toBeLessThan(0.25);
  });

  it('goes through the whole list before it starts again', () => {
    const names = named(12);
    const first = [0, 1, 2].flatMap((request) => takeTopics(names, { request, count: 4, stride: 4 }));
    expect(first).toEqual(names);
    const second = [3, 4, 5].flatMap((request) => takeTopics(names, { request, count: 4, stride: 4 }));
    expect(new Set(second)).toEqual(new Set(names));
    expect(second).not.toEqual(names);
  });

  it('returns fewer topics rather than one twice', () => {
    expect(takeTopics(named(3), { request: 5, count: 10, stride: 10 })).toHaveLength(3);
    expect(takeTopics([], { request: 5, count: 10, stride: 10 })).toEqual([]);
  });
});

describe('projectTopics', () => {
  it('has a topic once, however often it is listed', () => {
    const project = {
      ...defaultProject,
      topics: { Disease: ['gout', 'Gout ', 'asthma', 'gout'], Gene: ['CFTR'] },
    };
    expect(
      projectTopics(project, 1)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['CFTR', 'asthma', 'gout']);
  });
});

describe('lexiconTopics', () => {
  it('has all types in any stretch, common and rare, each name once, the same for the same seed', async () => {
    const lexicon = await loadLexicon('.');
    const types = ['Disease', 'Chemical', 'Gene'];
    const topics = lexiconTopics(defaultProject, lexicon, { types, count: 600, seed: 4 });
    expect(topics).toHaveLength(600);
    expect(new Set(topics.map(({ type, name }) => `${type} ${name}`)).size).toBe(600);
    expect(new Set(topics.slice(300, 303).map(({ type }) => type)).size).toBe(3);
    const rare = new Set(lexicon.rare.Disease);
    const share = topics.filter(({ type, name }) => type === 'Disease' && rare.has(name)).length / 200;
    expect(share).toBeGreaterThan(0.4);
    expect(lexiconTopics(defaultProject, lexicon, { types, count: 600, seed: 4 })).toEqual(topics);
    expect(lexiconTopics(defaultProject, lexicon, { types, count: 600, seed: 5 })).not.toEqual(topics);
  });

  it("prefers the project's own names, and has none of a type that nobody knows", async () => {
    const project = { ...defaultProject, topics: { Chemical: ['zeltrane'] } };
    const types = ['Chemical', 'Device'];
    expect(lexiconTopics(project, await loadLexicon('.'), { types, count: 9, seed: 1 })).toEqual([
      { type: 'Chemical', name: 'zeltrane' },
    ]);
  });
});

describe('topicPrompt', () => {
  const [type] = defaultProject.entityTypes;
  it('asks by area, for rare names too, and shows what is there already', () => {
    if (type === undefined) throw new Error('the default project has types');
    const messages = topicPrompt({
      type,
      area: 'ophthalmic',
      count: 30,
      language: 'Spanish',
      known: ['glaucoma'],
    });
    const words = messages.map(({ content }) => content).join('\n');
    for (const part of ['ophthalmic', 'Spanish', '30', 'rare', 'None of these: glaucoma.', type.definition]) {
      expect(words).toContain(part);
    }
    expect(topicAreas(type).length).toBeGreaterThan(10);
    expect(topicAreas({ ...type, name: 'Device' })).toEqual(['']);
  });
});

describe('the shares of a request for topics', () => {
  const [type] = defaultProject.entityTypes;
  it.each([
    [7, 2, 3],
    [8, 3, 3],
    [9, 3, 3],
    [5, 2, 2],
  ])('of %i topics are not rounded away from the rare ones', (count, common, rare) => {
    if (type === undefined) throw new Error('the default project has types');
    const wish = topicPrompt({ type, area: '', count, language: 'English', known: [] }).at(-1)?.content;
    expect(wish).toContain(`About ${common} that everybody`);
    expect(wish).toContain(`and ${rare} rare ones`);
    const uncommon = /(\d+) that are less common/.exec(wish ?? '')?.[1];
    expect(common + rare + Number(uncommon)).toBe(count);
  });
});

describe('parseTopics', () => {
  it.each([
    ['the JSON asked for', '{"names": ["gout", "COPD"]}'],
    ['a bare list in a fence', '```json\n["gout", "COPD"]\n```'],
    ['a list by group', '{"common": ["gout"], "rare": ["COPD"]}'],
    ['objects', '{"names": [{"name": "gout", "rarity": "common"}, {"name": "COPD"}]}'],
    ['a list that is cut off', '{"names": ["gout", "COPD", "chronic ob'],
    ['a numbered list', 'Sure:\n1. **gout**\n2. COPD - a lung disease\n'],
    ['names twice or known', '["gout", "Gout ", "asthma", "COPD."]'],
    ['what is no name', '["gout", "", "42", "Here are. Some more", "<b>", "COPD"]'],
  ])('reads %s', (_, reply) => {
    expect(parseTopics(reply, ['Asthma'])).toEqual(['gout', 'COPD']);
  });

  it('gives nothing when there is nothing', () => {
    expect(parseTopics('I cannot help with that.')).toEqual([]);
  });
});
