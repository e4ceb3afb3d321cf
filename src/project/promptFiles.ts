import path from 'node:path';
import { readTextIfThere } from '../foundation/readFiles.ts';
import type { Project, PromptFile } from './project.ts';

/** Where the prompt template of a task lies, whether or not it is there. */
export function promptPath(folder: string, { paths }: Project, task: 'ner' | 're'): string {
  return path.join(path.resolve(folder, paths.prompts), `${task}.md`);
}

/** The templates that a project has of its own. Throws `UserError`. */
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
