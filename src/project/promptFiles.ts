import path from 'node:path';
import { readTextIfThere } from '../foundation/readFiles.ts';
import type { Project, PromptFile } from './project.ts';

/** The path of the prompt template of a task, which may not exist. */
export function promptPath(folder: string, { paths }: Project, task: 'ner' | 're'): string {
  return path.join(path.resolve(folder, paths.prompts), `${task}.md`);
}

/** The project's own templates; undefined if there are none. Throws `UserError`. */
export async function loadPrompts(folder: string, project: Project): Promise<Project['prompts']> {
  const load = async (task: 'ner' | 're'): Promise<PromptFile | undefined> => {
    const file = promptPath(folder, project, task);
    const text = await readTextIfThere(file);
    return text === undefined ? undefined : { file, text };
  };
  const [ner, re] = await Promise.all([load('ner'), load('re')]);
  if (ner === undefined && re === undefined) return undefined;
  return { ...(ner === undefined ? {} : { ner }), ...(re === undefined ? {} : { re }) };
}
