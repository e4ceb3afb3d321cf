import path from 'node:path';
import { checkValue, type Problem } from '../foundation/checkValue.ts';
import { listed } from '../foundation/fields.ts';
import { parseJsonc } from '../foundation/jsonSource.ts';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { defaultProject, fillIn } from './defaults.ts';
import type { Project } from './project.ts';
import { loadPrompts } from './promptFiles.ts';
import { projectSchema } from './schema.ts';

/** The file at the root of a workspace that says what is annotated and how. */
export const projectFileName = 'chartmark.json';

/** What is wrong in chartmark.json, and the keys and indices that lead there. */
type Mistake = Pick<Problem, 'path' | 'message' | 'nextStep'>;

/**
 * Reads chartmark.json, in which comments and trailing commas are allowed. What it leaves out keeps its default; a
 * project with its own entity types and no relation types has none. Throws `UserError` naming `file`, line and what is
 * allowed there.
 */
export function parseProject(source: string, file: string): Project {
  const json = parseJsonc(source, file);
  const { value, problems } = checkValue(projectSchema, json.value, projectFileName);
  const project = value === undefined ? defaultProject : fillIn(value);
  const mistakes = problems?.map(namingKey) ?? [...mistakesOf(project, value)];
  const [first] = mistakes.toSorted((a, b) => json.lineOf(a.path) - json.lineOf(b.path));
  if (first === undefined) return project;
  const { path: at, message, nextStep } = first;
  throw new UserError(message, { place: { file, line: json.lineOf(at) }, nextStep });
}

/** Settings hold no notes: a key that is not known is quoted. */
function namingKey({ unknownKey, ...problem }: Problem): Mistake {
  return unknownKey === undefined
    ? problem
    : { ...problem, message: `"${unknownKey}" is not a setting of "${problem.name}".` };
}

/** What is wrong though each setting by itself is right. */
function* mistakesOf(
  { entityTypes, relationTypes, styles, topics, generation }: Project,
  written: { readonly seeds?: unknown; readonly topics?: unknown } = {},
): Generator<Mistake> {
  if (entityTypes.every(({ relationsOnly }) => relationsOnly === true)) {
    yield {
      path: ['entityTypes'],
      message: 'No entity type is annotated: all of them are "relationsOnly".',
      nextStep: 'Remove "relationsOnly" from one of them, or add another type.',
    };
  }
  yield* duplicates('entityTypes', entityTypes);
  yield* duplicates('relationTypes', relationTypes);
  yield* duplicates('styles', styles);
  const known = new Set(entityTypes.map(({ name }) => name));
  const nextStep = `Use one of: ${listed([...known])}.`;
  for (const [index, { name, head, tail }] of relationTypes.entries()) {
    for (const [key, end] of Object.entries({ head, tail })) {
      if (known.has(end)) continue;
      const message = `"${name}" joins "${end}", which is not an entity type.`;
      yield { path: ['relationTypes', index, key], message, nextStep };
    }
  }
  const topicsKey = written.seeds === undefined ? 'topics' : 'seeds';
  for (const type of Object.keys(topics)) {
    if (known.has(type)) continue;
    yield { path: [topicsKey, type], message: `"${type}" is not an entity type.`, nextStep };
  }
  if (written.seeds !== undefined && written.topics !== undefined) {
    yield {
      path: ['seeds'],
      message: '"seeds" is the former name of "topics"; only one of them can be used.',
      nextStep: 'Move the names to "topics" and remove "seeds".',
    };
  }
  if (generation.minLength > generation.maxLength) {
    yield {
      path: ['generation', 'minLength'],
      message: `"minLength" (${generation.minLength}) is greater than "maxLength" (${generation.maxLength}).`,
      nextStep: 'Make "minLength" the smaller one.',
    };
  }
}

/** Names that differ in nothing but case count as the same. */
function* duplicates(section: string, items: readonly { readonly name: string }[]): Generator<Mistake> {
  const seen = new Set<string>();
  for (const [index, { name }] of items.entries()) {
    if (seen.has(name.toLowerCase())) {
      yield {
        path: [section, index],
        message: `"${name}" is in "${section}" twice.`,
        nextStep: 'Rename or remove one of them.',
      };
    }
    seen.add(name.toLowerCase());
  }
}

/**
 * The project of a folder: its chartmark.json, or the defaults if there is none, with its prompt templates.
 * Throws `UserError`.
 */
export async function loadProject(folder: string): Promise<Project> {
  const file = path.join(folder, projectFileName);
  const source = await readTextIfThere(file);
  const project = source === undefined ? defaultProject : parseProject(source, file);
  const prompts = await loadPrompts(folder, project);
  return prompts === undefined ? project : { ...project, prompts };
}
