import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { loadProject, parseProject } from '../../../src/project/parseProject.ts';
import { projectSchema } from '../../../src/project/schema.ts';
import { mentionTypes, type Project, topicsOf } from '../../../src/project/project.ts';

function failure(source: string): UserError {
  try {
    parseProject(source, 'chartmark.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the project was accepted');
}

describe('parseProject', () => {
  it('fills whatever is left out with the defaults', () => {
    expect(parseProject('{}', 'chartmark.json')).toEqual(defaultProject);
    const project = parseProject('{"generation": {"count": 7}}', 'chartmark.json');
    expect(project.generation).toEqual({ ...defaultProject.generation, count: 7 });
  });

  it('drops the default relations when the entity types are the project’s own', () => {
    const project = parseProject(
      '{"entityTypes": [{"name": "Device", "definition": "a device"}]}',
      'chartmark.json',
    );
    expect(mentionTypes(project).map(({ name }) => name)).toEqual(['Device']);
    expect(project.relationTypes).toEqual([]);
  });

  it('reads how relations are shown and how far they reach, and what leaves the rest at its default', () => {
    const read = (source: string): Project => parseProject(source, 'chartmark.json');
    expect(read('{"relations": {"window": 3}}').relations).toEqual({ input: 'mask', window: 3 });
    const types = '[{"name": "meets", "head": "Gene", "tail": "Gene", "definition": "x", "symmetric": true}]';
    expect(read(`{"relationTypes": ${types}}`).relationTypes[0]?.symmetric).toBe(true);
  });

  it('takes a style by the name of a default one, by any other name, and in full', () => {
    const source = '{"styles": ["ED note", "tweet", {"name": "a", "description": "b", "weight": 2}]}';
    expect(parseProject(source, 'chartmark.json').styles).toEqual([
      defaultProject.styles.find(({ name }) => name === 'ED note'),
      { name: 'tweet', description: 'tweet' },
      { name: 'a', description: 'b', weight: 2 },
    ]);
  });

  it('has the limits of whole notes where these are written, unless the file names others', () => {
    const read = (generation: object): Project['generation'] =>
      parseProject(JSON.stringify({ generation: { unit: 'notes', ...generation } }), 'chartmark.json')
        .generation;
    expect(read({})).toMatchObject({ textsPerRequest: 3, minLength: 200, maxLength: 8000 });
    expect(read({ minLength: 50 })).toMatchObject({ textsPerRequest: 3, minLength: 50, maxLength: 8000 });
  });

  it('reads comments and trailing commas', () => {
    const source = '// ours\n{ /* few */ "generation": {"count": 7,}, "styles": ["tweet",], }\n';
    const project = parseProject(source, 'chartmark.json');
    expect([project.generation.count, project.styles.length]).toEqual([7, 1]);
  });

  it('reads topics under their former key', () => {
    const topics = { Disease: ['gout'] };
    for (const key of ['topics', 'seeds']) {
      expect(parseProject(JSON.stringify({ [key]: topics }), 'chartmark.json').topics).toEqual(topics);
    }
  });

  it('takes no key for a part of JavaScript', () => {
    const named = '[{"name": "constructor", "definition": "x"}, {"name": "toString", "definition": "x"}]';
    const project = parseProject(
      `{"entityTypes": ${named}, "topics": {"constructor": ["a"]}, "generation": {"prices": {"valueOf": {"input": 1, "output": 2}}}}`,
      'chartmark.json',
    );
    expect(topicsOf(project, 'constructor')).toEqual(['a']);
    expect(topicsOf(project, 'toString')).toEqual([]);
    expect(Object.keys(project.generation.prices)).toEqual(['valueOf']);
    parseProject('{"generation": {"prices": {"__proto__": {"input": 1, "output": 2}}}}', 'chartmark.json');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect('input' in {}).toBe(false);
  });

  it.each([
    ['a missing comma', '{\n"seeds": {}\n"paths": {}\n}', 3],
    ['a file that ends too early', '{\n"seeds": {', 2],
    ['a key that is given twice', '{"topics": {},\n"topics": {}}', 2],
    ['a comment that is not closed', '{}\n/* ours', 2],
    ['an escape that JSON does not know', '{\n"model": {"name": "a\\q"}}', 2],
    ['text behind the end', '{}\n\nmore', 3],
    ['an empty file', '', 1],
  ])('names the line of %s', (_, source, line) => {
    expect(failure(source).place).toEqual({ file: 'chartmark.json', line });
  });

  it.each([
    ['an unknown key', '{\n"styels": []\n}', 2, /"entityTypes", "relationTypes", "styles"/],
    ['an unknown provider', '{"generation": {\n"provider": "gpt"}}', 2, /"offline", "openai"/],
    ['a share above one', '{"generation": {\n"entityFreeShare": 40}}', 2, /from 0 to 1/],
    ['a label with a blank', '{"entityTypes": [\n{"name": "Side Effect", "definition": "x"}]}', 2, /letters/],
    ['a type without a definition', '{"entityTypes": [\n{"name": "Device"}]}', 2, /"definition" is missing/],
    [
      'a relation to a type that is not there',
      '{"relationTypes": [{"name": "a", "head": "Gene", "tail": "Disease", "definition": "x"},\n' +
        '{"name": "b", "head": "Gen", "tail": "Disease", "definition": "x"}]}',
      2,
      /"Disease", "Chemical", "Procedure", "Gene"/,
    ],
    [
      'two types of one name',
      '{"entityTypes": [{"name": "A", "definition": "x"},\n{"name": "a", "definition": "x"}]}',
      2,
      /twice/,
    ],
    ['topics of an unknown type', '{"topics": {\n"Drug": ["x"]}}', 2, /"Disease", "Chemical"/],
    ['topics of an unknown type under their former key', '{"seeds": {\n"Drug": ["x"]}}', 2, /"Drug"/],
    [
      'topics named after a part of JavaScript',
      '{\n"topics": {"__proto__": 1,\n"toString": []}}',
      3,
      /"toString"/,
    ],
    ['topics under both keys', '{"topics": {},\n"seeds": {}}', 2, /remove "seeds"/],
    ['two styles of one name', '{"styles": ["tweet",\n"Tweet"]}', 2, /twice/],
    ['a style without a description', '{"styles": ["a",\n{"name": "b"}]}', 2, /"description" is missing/],
    ['a style that is neither a name nor an object', '{"styles": ["a",\n3]}', 2, /a name, or an object/],
    ['a list without an item', '{\n"entityTypes": []}', 2, /at least one/],
    ['text where a list belongs', '{\n"entityTypes": "Disease"}', 2, /a list in square brackets/],
    ['text that is blank', '{"model": {\n"base": " "}}', 2, /"base" must be text/],
    [
      'a switch in quotes',
      '{"relationTypes": [],\n"entityTypes": [{"name": "A", "definition": "x",\n"relationsOnly": "yes"}]}',
      3,
      /true or false/,
    ],
    ['a file that is a list', '\n[]', 2, /"chartmark.json" must be an object/],
    [
      'only types that are not annotated',
      '{\n"entityTypes": [{"name": "A", "definition": "x", "relationsOnly": true}]}',
      2,
      /"relationsOnly"/,
    ],
    ['a number that is not whole', '{"training": {\n"epochs": 1.5}}', 2, /a whole number from 1 to 1000/],
    ['a number beyond its bounds', '{"training": {\n"maxLength": 513}}', 2, /from 8 to 512/],
    ['the first of two mistakes', '{"training": {\n"maxLength": 513},\n"styels": []}', 2, /maxLength/],
    ['bounds the wrong way round', '{\n"generation": {"minLength": 9, "maxLength": 8}}', 2, /minLength/],
    ['an unknown form of relation input', '{"relations": {\n"input": "bold"}}', 2, /"mask", "marker"/],
    ['a window of no sentence', '{"relations": {\n"window": 0}}', 2, /from 1 to 100/],
    ['an address that is none', '{"generation": {\n"baseUrl": "localhost:1"}}', 2, /http/],
  ])('says line and what is allowed for %s', (_, source, line, message) => {
    const error = failure(source);
    expect(error.place).toEqual({ file: 'chartmark.json', line });
    expect(error.describe()).toMatch(message);
  });
});

describe('loadProject', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartmark-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives the defaults where there is no chartmark.json', async () => {
    expect(await loadProject(folder)).toBe(defaultProject);
  });

  it('has the prompt templates of the folder that chartmark.json names', async () => {
    const text = '# Request\n';
    await writeFile(path.join(folder, 'chartmark.json'), '{"paths": {"prompts": "words"}}');
    await mkdir(path.join(folder, 'words'));
    await writeFile(path.join(folder, 'words', 're.md'), text);
    const { prompts } = await loadProject(folder);
    expect(prompts).toEqual({ re: { file: path.join(folder, 'words', 're.md'), text } });
  });

  it('names the whole path of a file that is wrong', async () => {
    const file = path.join(folder, 'chartmark.json');
    await writeFile(file, '\uFEFF{"paths": 3}');
    await expect(loadProject(folder)).rejects.toMatchObject({ place: { file, line: 1 } });
  });
});

describe('chartmark.schema.json', () => {
  interface Schema {
    readonly properties?: Readonly<Record<string, Schema & { readonly default?: unknown }>>;
  }
  const schema = JSON.parse(
    readFileSync(new URL('../../../media/chartmark.schema.json', import.meta.url), 'utf8'),
  ) as Schema;

  it('is what the definition of chartmark.json gives', () => {
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(projectSchema.def.shape));
    for (const part of Object.values(schema.properties ?? {})) expect(Object.keys(part)).not.toEqual([]);
  });

  it('states the defaults that hold', () => {
    const sections = ['paths', 'model', 'generation', 'relations'] as const;
    for (const section of sections) {
      const stated = Object.entries(schema.properties?.[section]?.properties ?? {}).flatMap(([key, part]) =>
        part.default === undefined ? [] : [[key, part.default] as const],
      );
      expect(Object.fromEntries(stated)).toEqual(defaultProject[section]);
    }
  });
});
