import path from 'node:path';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { readTextIfThere } from '../../foundation/readFiles.ts';
import { editableTemplate } from '../prompt/promptDefaults.ts';
import type { Round } from './round.ts';
import { candidateOf } from './search.ts';

interface Choice {
  readonly task: 'ner' | 're';
  /** The search's folder. */
  readonly out: string;
  readonly round: Round;
  readonly number: number;
  /** Where the project's template is. */
  readonly file: string;
}

const chosenFile = 'chosen.json';

/** Makes a candidate the project's template. One that was there before is kept in the search's folder. */
export async function keepChoice({ task, out, round, number, file }: Choice): Promise<{ replaced?: string }> {
  const { template, idea } = candidateOf(round, number);
  const before = await readTextIfThere(file);
  const replaced = path.join(out, `replaced-${task}.md`);
  if (before !== undefined) await writeFileAtomic(replaced, before);
  const text = template.startsWith('<!--')
    ? template
    : editableTemplate(task, template, `Found by a search (round ${round.round}, ${number}): ${idea}`);
  await writeFileAtomic(file, text);
  const chosen = { round: round.round, number, idea };
  await writeFileAtomic(path.join(out, chosenFile), `${JSON.stringify(chosen, null, 2)}\n`);
  return before === undefined ? {} : { replaced };
}

/** The folder of the search that is not over yet, or of a new one. */
export async function searchFolder(prompts: string, task: 'ner' | 're'): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = path.join(prompts, 'search', number === 1 ? task : `${task}-${number}`);
    if ((await readTextIfThere(path.join(folder, chosenFile))) === undefined) return folder;
  }
}
