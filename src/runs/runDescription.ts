import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import type { ValueOf } from '../foundation/checkValue.ts';
import { oneOf, text, whole } from '../foundation/fields.ts';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { readJson } from '../foundation/readJson.ts';
import { UserError } from '../foundation/userError.ts';
import { runFiles } from './runFiles.ts';

const optional = z.exactOptional;

const fields = z.object({
  /** The run's name; undefined for extractions. */
  run: optional(text),
  task: oneOf(['ner', 're', 'extract ner', 'extract re', 'verify', 'seeds']),
  provider: text,
  model: text,
  /** Where its requests go; undefined for requests for prompt templates. */
  destination: optional(z.object({ kind: oneOf(['local', 'remote']), host: text })),
  seed: optional(whole(0)),
  /** The entity type, in requests for topics. */
  type: optional(text),
  /** The types that are labelled in its texts. In a run about one relation: those of head and tail. */
  labels: optional(z.array(text)),
  /** The relations that it is about; undefined in runs about mentions or the project's first relation type. */
  relations: optional(z.array(z.object({ name: text, head: text, tail: text }))),
  /** The digest of the prompt template, if it is not the built-in one. */
  template: optional(text),
  /** The digest of the settings that affect its texts. */
  settings: optional(text),
  /** The digest of the prompt, in requests for prompt templates. */
  prompt: optional(text),
  /** In extractions: the digest of all texts, the texts per request, and a digest for each file. */
  texts: optional(text),
  perRequest: optional(whole(1)),
  files: optional(z.record(z.string(), z.string())),
  /** The version of the plan of a generation run, if it is not the first one. */
  plan: optional(whole(1)),
  /** The number of accepted texts, or topics, that was requested last. */
  count: optional(whole(0)),
});

/** The contents of run.json, for a generation run or another run with a ledger. */
export type RunDescription = ValueOf<typeof fields>;

/** The settings with which a generation run was started. */
export type GenerationDescription = RunDescription &
  Required<Pick<RunDescription, 'run' | 'destination' | 'seed' | 'labels' | 'settings' | 'count'>> & {
    readonly task: 'ner' | 're';
  };

// Unknown keys of newer versions are kept, so that they count when descriptions are compared.
const schema = z.looseObject(fields.def.shape);

/** Reads run.json in a folder; undefined if there is none. Throws `UserError` if it is not what Chartmark writes. */
export async function findRunDescription(folder: string): Promise<RunDescription | undefined> {
  const file = path.join(folder, runFiles.run);
  const source = await readTextIfThere(file);
  if (source === undefined) return undefined;
  return readJson(schema, source, {
    name: runFiles.run,
    place: { file },
    nextStep: 'Restore the file, or start a new run in another folder.',
  });
}

/** The settings of the generation run in `folder`. Throws `UserError`, also if there is no such run. */
export async function readGenerationRun(folder: string): Promise<GenerationDescription> {
  const description = await findRunDescription(folder);
  if (description !== undefined) {
    const { run, task, destination, seed, labels, settings, count } = description;
    const isGeneration = task === 'ner' || task === 're';
    if (isGeneration && run !== undefined && destination !== undefined && seed !== undefined) {
      if (labels !== undefined && settings !== undefined && count !== undefined) {
        return { ...description, run, task, destination, seed, labels, settings, count };
      }
    }
  }
  throw new UserError(
    description === undefined ? 'There is no run in this folder.' : 'This is not a generation run.',
    {
      place: { file: description === undefined ? folder : path.join(folder, runFiles.run) },
      nextStep: 'Choose a folder that "chartmark generate" or "Generate Synthetic Notes" has created.',
    },
  );
}

/** Writes run.json, and creates the folder if it is missing. Throws `UserError`. */
export async function writeRunDescription(folder: string, description: RunDescription): Promise<void> {
  await writeFileAtomic(path.join(folder, runFiles.run), `${JSON.stringify(description, null, 2)}\n`);
}

/**
 * Checks that a run with this description can be started in `folder`, or that the run there can be resumed with it (only
 * the count may differ). Returns the content of run.json; undefined if there is no run yet. Throws `UserError`, also if
 * there is a run and `resume` is false.
 */
export async function checkResumable(
  folder: string,
  description: RunDescription,
  resume: boolean,
): Promise<RunDescription | undefined> {
  const before = await findRunDescription(folder);
  if (before === undefined) return undefined;
  if (resume) {
    checkSameRun(folder, before, description);
    return before;
  }
  throw new UserError('There is already a run in this folder.', {
    place: { file: path.join(folder, runFiles.run) },
    nextStep: 'Resume it, or choose another folder.',
  });
}

function checkSameRun(folder: string, before: RunDescription, now: RunDescription): void {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  const [were, are]: readonly Readonly<Record<string, unknown>>[] = [before, now];
  const changed = [...keys].filter(
    (key) => !mayChange.has(key) && !isDeepStrictEqual(were?.[key], are?.[key]),
  );
  if (changed.length === 0) return;
  const files = changed.includes('texts') ? changedFiles(before.files, now.files) : [];
  const others = files.length === 0 ? changed : changed.filter((key) => key !== 'texts');
  const sentences = [
    ...(files.length === 0 ? [] : [`Texts have changed since the run was started, in ${listed(files)}.`]),
    ...(others.length === 0 ? [] : [`The run was started with ${others.map(differentValue).join(', ')}.`]),
  ];
  throw new UserError(sentences.join(' '), {
    place: { file: path.join(folder, runFiles.run) },
    nextStep: `${howToRestore(files, others)}, or start a new run in another folder.`,
  });
}

/** The count, the name of the run, and details of what is compared anyway. */
const mayChange = new Set(['count', 'run', 'files']);

/** Names of files that were added, removed or changed. Empty if either side is unknown. */
function changedFiles(before: RunDescription['files'], now: RunDescription['files']): readonly string[] {
  if (before === undefined || now === undefined) return [];
  return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);
}

function howToRestore(files: readonly string[], others: readonly string[]): string {
  if (files.length > 0) return 'Resume it with the original texts';
  return others.length === 1 && others[0] === 'template'
    ? "Restore the template in the project's prompts folder (the built-in template is used if there is none)"
    : 'Resume it with the original settings';
}

function differentValue(key: string): string {
  return key.endsWith('s') ? `different ${key}` : `a different ${key}`;
}

const mostListed = 5;

function listed(names: readonly string[]): string {
  const rest = names.length - mostListed;
  return `${names.slice(0, mostListed).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
