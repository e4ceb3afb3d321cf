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

/** The project settings, at the root of a workspace. */
export const projectFileName = 'chartmark.json';

/** An error in chartmark.json, and the path of keys and indices to it. */
type Mistake = Pick<Problem, 'path' | 'message' | 'nextStep'>;

/**
 * Reads chartmark.json, in which comments and trailing commas are allowed, and fills in the defaults. Throws `UserError`
 * naming `file`, line and what is allowed there.
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

/** Quotes an unknown key, which is safe because settings contain no note text. */
function namingKey({ unknownKey, ...problem }: Problem): Mistake {
  return unknownKey === undefined
    ? problem
    : { ...problem, message: `"${unknownKey}" is not a setting of "${problem.name}".` };
}

/** Errors in the combination of settings that are valid by themselves. */
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
      nextStep: 'Lower "minLength" or raise "maxLength".',
    };
  }
}

/** Names that differ only in case count as the same. */
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

/** The project of a folder with its prompt templates; the defaults if there is no chartmark.json. Throws `UserError`. */
export async function loadProject(folder: string): Promise<Project> {
  const file = path.join(folder, projectFileName);
  const source = await readTextIfThere(file);
  const project = source === undefined ? defaultProject : parseProject(source, file);
  const prompts = await loadPrompts(folder, project);
  return prompts === undefined ? project : { ...project, prompts };
}
