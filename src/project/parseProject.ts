import path from 'node:path';
import { defaultProject, noteDefaults } from './defaults.ts';
import {
  readBoolean,
  readChoice,
  readList,
  readMatch,
  readNumber,
  readObject,
  readRecord,
  readString,
  refuse,
  type Reader,
  type Shape,
} from './jsonReader.ts';
import { parseJsonWithLines, type JsonNode } from './jsonWithLines.ts';
import type {
  EntityType,
  GenerationSettings,
  ModelSettings,
  Project,
  ProjectPaths,
  RelationSettings,
  RelationType,
  TextStyle,
  TokenPrice,
  TrainingSettings,
} from './project.ts';
import { loadPrompts, readIfThere } from './promptFiles.ts';
import { longestWindow, relationInputs } from './relationSchema.ts';

/** The file at the root of a workspace that says what is annotated and how. */
export const projectFileName = 'chartmark.json';

// Labels stand in BIO tags, brat lines and inline tags: letters first, then letters, digits, "_" or "-".
const readLabel = readMatch(
  /^[\p{L}][\p{L}\p{N}_-]*$/u,
  'a name of letters, digits, "_" and "-" that begins with a letter',
);

const readEntityType = readObject<EntityType>(
  {
    name: readLabel,
    color: readMatch(/^#[0-9a-fA-F]{6}$/, 'a colour such as "#d16969"'),
    key: readMatch(/^[0-9a-z]$/, 'one digit or small letter'),
    definition: readString,
    guideline: readString,
    examples: readList(readString),
    counterExamples: readList(readString),
    relationsOnly: readBoolean,
  },
  { examples: [], counterExamples: [] },
  ['color', 'key', 'guideline', 'relationsOnly'],
);

const plainPrice = {
  input: readNumber(0, 1_000_000, { integer: false }),
  output: readNumber(0, 1_000_000, { integer: false }),
};

const readRelationType = readObject<RelationType>(
  {
    name: readLabel,
    head: readLabel,
    tail: readLabel,
    definition: readString,
    examples: readList(readString),
    counterExamples: readList(readString),
    symmetric: readBoolean,
  },
  {},
  ['examples', 'counterExamples', 'symmetric'],
);

const readStyleObject = readObject<TextStyle>(
  {
    name: readString,
    description: readString,
    weight: readNumber(0, 1000, { integer: false }),
    relations: readBoolean,
  },
  {},
  ['weight', 'relations'],
);

/** A style is an object, or the name of a style that is there by default, or a name that says enough. */
const readStyle: Reader<TextStyle> = (node, name, file) => {
  if (node.kind !== 'scalar') {
    return readStyleObject(node, name, file);
  }
  const style = readString(node, name, file);
  return defaultProject.styles.find((known) => known.name === style) ?? { name: style, description: style };
};

const generationShape: Shape<GenerationSettings> = {
  provider: readChoice(['offline', 'openai']),
  model: readString,
  baseUrl: readMatch(/^https?:\/\/[^\s]+$/, 'an address that begins with http:// or https://'),
  unit: readChoice(['sentences', 'notes']),
  count: readNumber(1, 10_000_000, { integer: true }),
  textsPerRequest: readNumber(1, 100, { integer: true }),
  entityFreeShare: readNumber(0, 1, { integer: false }),
  confusableShare: readNumber(0, 1, { integer: false }),
  unrelatedShare: readNumber(0, 1, { integer: false }),
  minLength: readNumber(1, 100_000, { integer: true }),
  maxLength: readNumber(1, 100_000, { integer: true }),
  language: readString,
  concurrency: readNumber(1, 1000, { integer: true }),
  requestsPerMinute: readNumber(1, 10_000_000, { integer: true }),
  tokensPerMinute: readNumber(1, 10_000_000_000, { integer: true }),
  timeoutSeconds: readNumber(1, 3600, { integer: true }),
  retries: readNumber(0, 100, { integer: true }),
  maxOutputTokens: readNumber(1, 1_000_000, { integer: true }),
  maxCostUsd: readNumber(0, 1_000_000, { integer: false }),
  prices: readRecord(
    readObject<TokenPrice>(
      { ...plainPrice, batch: readObject<NonNullable<TokenPrice['batch']>>(plainPrice, {}, []) },
      {},
      ['batch'],
    ),
  ),
};

/** Whole notes have other limits than sentences where the file does not say them. */
const readGeneration: Reader<GenerationSettings> = (node, name, file) => {
  const unit = node.kind === 'object' ? node.members.get('unit')?.node : undefined;
  const isNotes = unit?.kind === 'scalar' && unit.value === noteDefaults.unit;
  const defaults = { ...defaultProject.generation, ...(isNotes ? noteDefaults : {}) };
  return readObject(generationShape, defaults, [
    'baseUrl',
    'concurrency',
    'requestsPerMinute',
    'tokensPerMinute',
    'maxOutputTokens',
    'maxCostUsd',
  ])(node, name, file);
};

const readTraining = readObject<TrainingSettings>(
  {
    epochs: readNumber(1, 1000, { integer: true }),
    batchSize: readNumber(1, 1024, { integer: true }),
    learningRate: readNumber(0, 1, { integer: false }),
    seed: readNumber(0, 4_294_967_295, { integer: true }),
    maxLength: readNumber(8, 512, { integer: true }),
  },
  {},
  ['epochs', 'batchSize', 'learningRate', 'seed', 'maxLength'],
);

const readRelations = readObject<RelationSettings>(
  { input: readChoice(relationInputs), window: readNumber(1, longestWindow, { integer: true }) },
  defaultProject.relations,
  [],
);

const readProject = readObject<Omit<Project, 'prompts'>>(
  {
    entityTypes: readList(readEntityType),
    relationTypes: readList(readRelationType),
    styles: readList(readStyle),
    seeds: readRecord(readList(readString)),
    paths: readObject<ProjectPaths>(
      { synthetic: readString, models: readString, reports: readString, prompts: readString },
      defaultProject.paths,
      [],
    ),
    model: readObject<ModelSettings>({ base: readString, name: readString }, defaultProject.model, []),
    generation: readGeneration,
    training: readTraining,
    relations: readRelations,
  },
  defaultProject,
  [],
);

/**
 * Reads chartmark.json. What it leaves out keeps its default; a project with its own entity types and no
 * relation types has none. Throws `UserError` naming `file`, line and what is allowed there.
 */
export function parseProject(source: string, file: string): Project {
  const root = parseJsonWithLines(source, file);
  const read = readProject(root, projectFileName, file);
  const members = root.kind === 'object' ? root.members : new Map<string, never>();
  const project =
    members.has('entityTypes') && !members.has('relationTypes') ? { ...read, relationTypes: [] } : read;
  checkNames(project, root, file);
  if (project.generation.minLength > project.generation.maxLength) {
    throw refuse(
      file,
      lineOf(root, 'generation'),
      '"minLength" is greater than "maxLength".',
      'Make "minLength" the smaller one.',
    );
  }
  return project;
}

function checkNames(project: Project, root: JsonNode, file: string): void {
  const names = project.entityTypes.map((type) => type.name);
  const known = names.map((name) => `"${name}"`).join(', ');
  if (names.length === 0 || project.entityTypes.every((type) => type.relationsOnly === true)) {
    throw refuse(file, lineOf(root, 'entityTypes'), 'There is no entity type.', 'Add one to "entityTypes".');
  }
  if (project.styles.length === 0) {
    throw refuse(file, lineOf(root, 'styles'), 'There is no style.', 'Add one to "styles".');
  }
  for (const [section, list] of [
    ['entityTypes', names],
    ['relationTypes', project.relationTypes.map((type) => type.name)],
    ['styles', project.styles.map((style) => style.name)],
  ] as const) {
    const lower = list.map((name) => name.toLowerCase());
    const twice = lower.findIndex((name, index) => lower.indexOf(name) !== index);
    if (twice !== -1) {
      const line = itemLine(root, section, twice);
      throw refuse(file, line, `"${list[twice]}" is there twice in "${section}".`, 'Rename or remove one.');
    }
  }
  for (const [index, { name, head, tail }] of project.relationTypes.entries()) {
    for (const end of [head, tail]) {
      if (names.includes(end)) continue;
      const line = itemLine(root, 'relationTypes', index);
      throw refuse(file, line, `"${name}" joins "${end}", which is no entity type.`, `Use one of: ${known}.`);
    }
  }
  for (const type of Object.keys(project.seeds)) {
    if (names.includes(type)) continue;
    throw refuse(file, lineOf(root, 'seeds', type), `"${type}" is no entity type.`, `Use one of: ${known}.`);
  }
}

/** The line of a key, following keys from the root as far as they are in the file. */
function lineOf(root: JsonNode, ...keys: readonly string[]): number {
  let node: JsonNode | undefined = root;
  let line = root.line;
  for (const key of keys) {
    const member: { line: number; node: JsonNode } | undefined =
      node?.kind === 'object' ? node.members.get(key) : undefined;
    line = member?.line ?? line;
    node = member?.node;
  }
  return line;
}

function itemLine(root: JsonNode, section: string, index: number): number {
  const node = root.kind === 'object' ? root.members.get(section)?.node : undefined;
  return (node?.kind === 'array' ? node.items[index]?.line : undefined) ?? lineOf(root, section);
}

/**
 * The project of a folder: its chartmark.json, or the defaults when there is none, with its prompt templates.
 * Throws `UserError`.
 */
export async function loadProject(folder: string): Promise<Project> {
  const file = path.join(folder, projectFileName);
  const source = await readIfThere(file);
  const project = source === undefined ? defaultProject : parseProject(source, file);
  const prompts = await loadPrompts(folder, project);
  return prompts === undefined ? project : { ...project, prompts };
}
