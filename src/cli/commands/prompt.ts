import { type Command, Option } from 'commander';
import { UserError } from '../../foundation/userError.ts';
import { visibleJson } from '../../foundation/visibleText.ts';
import { describeRequest } from '../../generation/prompt/promptPreview.ts';
import type { TopicSource } from '../../generation/topics/chosenTopics.ts';
import { loadProject } from '../../project/parseProject.ts';
import type { Project } from '../../project/project.ts';
import { previewPrompt, writeTemplate } from '../../tasks/prompt.ts';
import { type CliContext, shownPath } from '../context.ts';
import { commaList, wholeNumber } from '../options.ts';
import { relationsWanted } from '../relations.ts';

interface Flags {
  readonly task: 'ner' | 're';
  readonly relation?: readonly string[];
  readonly write?: boolean;
  readonly request: number;
  readonly seed: number;
  readonly topics: TopicSource;
  /** What `topics` was called. */
  readonly names?: TopicSource;
  readonly project: string;
  readonly json?: boolean;
}

/** `chartmark prompt --task T [--write]`. */
export function registerPrompt(program: Command, context: CliContext): void {
  program
    .command('prompt')
    .description('Show the prompt that would be sent to a language model, or write the template to edit it.')
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .option('--relation <names>', 'relations of the run, separated by commas (default: all)', commaList)
    .option('--write', 'write the template to the project instead')
    .option('--request <n>', 'which request of the run, from 1', wholeNumber(1), 1)
    .option('--seed <n>', 'seed of the run', wholeNumber(0), 1)
    .addOption(
      new Option('--topics <source>', 'topics of the run: from chartmark.json, or from the bundled lexicon')
        .choices(['project', 'lexicon'])
        .default('project'),
    )
    .addOption(new Option('--names <source>').choices(['project', 'lexicon']).hideHelp())
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (flags: Flags) => {
      const project = await loadProject(flags.project);
      await (flags.write === true ? write : show)(context, flags, project);
    });
}

async function write(context: CliContext, flags: Flags, project: Project): Promise<void> {
  const { file, isNew } = await writeTemplate(flags.project, project, flags.task);
  if (!isNew) {
    throw new UserError('The project already has this template.', {
      place: { file: shownPath(file) },
      nextStep: 'Edit it there, or delete it to use the built-in template again.',
    });
  }
  context.print(shownPath(file));
}

async function show(context: CliContext, flags: Flags, project: Project): Promise<void> {
  const { task, seed } = flags;
  const composed = await previewPrompt({
    project,
    task,
    ...relationsWanted(flags),
    topicSource: flags.names ?? flags.topics,
    seed,
    request: flags.request - 1,
    resources: context.resources,
  });
  const own = project.prompts?.[task];
  context.note(`Template: ${own === undefined ? 'built in' : shownPath(own.file)}`);
  if (flags.json !== true) {
    context.print(describeRequest(composed));
    return;
  }
  const { request, promptHash, tokens } = composed;
  const { messages, replySchema, maxTokens } = request;
  context.print(visibleJson({ messages, replySchema, maxTokens, promptHash, tokens }));
}
