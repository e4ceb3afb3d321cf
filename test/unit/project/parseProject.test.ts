import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { loadProject, parseProject } from '../../../src/project/parseProject.ts';
import { mentionTypes, type Project } from '../../../src/project/project.ts';

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

  it.each([
    ['a missing comma', '{\n"seeds": {}\n"paths": {}\n}', 3],
    ['a file that ends too early', '{\n"seeds": {', 2],
    ['a key that is given twice', '{"seeds": {},\n"seeds": {}}', 2],
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
    ['seeds of an unknown type', '{"seeds": {\n"Drug": ["x"]}}', 2, /"Drug" is no entity type/],
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
    readonly definitions?: Readonly<Record<string, Schema>>;
  }
  const schema = JSON.parse(
    readFileSync(new URL('../../../src/project/chartmark.schema.json', import.meta.url), 'utf8'),
  ) as Schema;
  const keys = (part: Schema | undefined): string[] =>
    Object.keys(part?.properties ?? {}).filter((key) => key !== '$schema');

  it('knows the settings that the reader knows', () => {
    expect(keys(schema)).toEqual(Object.keys(defaultProject));
    for (const section of ['entityTypes', 'generation', 'training', 'relations'] as const) {
      const source = `{"${section}": ${section === 'entityTypes' ? '[{"x": 1}]' : '{"x": 1}'}}`;
      const allowed = [...(failure(source).nextStep ?? '').matchAll(/"(\w+)"/g)].map(([, key]) => key);
      const part =
        section === 'entityTypes' ? schema.definitions?.['entityType'] : schema.properties?.[section];
      expect(keys(part)).toEqual(allowed);
    }
  });

  it('states the defaults that hold', () => {
    const { paths, model, generation, relations } = defaultProject;
    const stated = Object.fromEntries(
      Object.entries(schema.properties?.['generation']?.properties ?? {}).flatMap(([key, part]) =>
        part.default === undefined ? [] : [[key, part.default]],
      ),
    );
    expect(stated).toEqual(generation);
    for (const [section, values] of Object.entries({ paths, model, relations })) {
      for (const [key, value] of Object.entries(values)) {
        expect(schema.properties?.[section]?.properties?.[key]?.default).toBe(value);
      }
    }
  });
});
