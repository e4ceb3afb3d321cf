import type { Project } from '../../project/project.ts';
import { askOne } from '../ask.ts';

export type PromptTask = 'ner' | 're';

/** Which prompt is meant. The user is asked only if the project has relations. */
export async function askTask(title: string, project: Project): Promise<PromptTask> {
  if (project.relationTypes.length === 0) return 'ner';
  return askOne<PromptTask>(title, 'Which prompt?', [
    { label: 'Mentions', description: 'texts with tagged mentions', value: 'ner' },
    { label: 'Relations', description: 'sentences with a tagged pair', value: 're' },
  ]);
}
