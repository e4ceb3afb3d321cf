import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { planRun } from '../generation/plan/planRun.ts';
import { builtInPrompts, editableTemplate } from '../generation/prompt/promptDefaults.ts';
import { previewRequest } from '../generation/prompt/promptPreview.ts';
import { type TopicSource, withTopicsFrom } from '../generation/topics/chosenTopics.ts';
import type { MeasuredRequest } from '../llm/cost/measureRequest.ts';
import type { Project } from '../project/project.ts';
import { promptPath } from '../project/promptFiles.ts';

interface PreviewInput {
  readonly project: Project;
  readonly task: 'ner' | 're';
  /** Of a relation run: which relations; all of the project, in turn, if undefined. */
  readonly relations?: readonly string[];
  readonly topicSource: TopicSource;
  readonly seed: number;
  /** Which request of the run, from 0. */
  readonly request: number;
  /** The folder of the package, for the shipped lexicon. */
  readonly resources: string;
}

/** A request of a run as it would be sent. Sends nothing. Throws `UserError`, also if the project's template is faulty. */
export async function previewPrompt(input: PreviewInput): Promise<MeasuredRequest> {
  const { project, task, relations, topicSource, seed, request, resources } = input;
  const { count } = project.generation;
  const wish = { task, project, count, seed, ...(relations === undefined ? {} : { relations }) };
  return previewRequest(planRun(await withTopicsFrom(wish, topicSource, resources)), request);
}

/** Writes the built-in template of a task into the project, to be edited, unless it has one of its own. */
export async function writeTemplate(
  folder: string,
  project: Project,
  task: 'ner' | 're',
): Promise<{ readonly file: string; readonly isNew: boolean }> {
  const file = promptPath(folder, project, task);
  const isNew = project.prompts?.[task] === undefined;
  if (isNew) await writeFileAtomic(file, editableTemplate(task, builtInPrompts[task]));
  return { file, isNew };
}
