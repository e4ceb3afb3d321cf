import { type Command, Option } from 'commander';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { UserError } from '../../foundation/userError.ts';
import { loadProject } from '../../project/parseProject.ts';
import { promptPath } from '../../project/promptFiles.ts';
import { type TopicSource, withTopicsFrom } from '../../generation/topics/chosenTopics.ts';
import { planRun } from '../../generation/plan/planRun.ts';
import { builtInPrompts, editableTemplate } from '../../generation/prompt/promptDefaults.ts';
import { describeRequest, previewRequest } from '../../generation/prompt/promptPreview.ts';
import { type CliContext, shownPath } from '../context.ts';
import { commaList, wholeNumber } from '../options.ts';
import { relationsWanted } from '../relations.ts';

interface Options {
  readonly task: 'ner' | 're';
  readonly relation?: readonly string[];
  readonly write?: boolean;
  readonly request: number;
  readonly seed: number;
  readonly names: TopicSource;
  readonly project: string;
  readonly json?: boolean;
}

/** `chartmark prompt --task T [--write]`. */
export function registerPrompt(program: Command, context: CliContext): void {
  program
    .command('prompt')
    .description('Show what a language model would be sent, or write the prompt template to edit it.')
    .addOption(new Option('--task <task>', 'entities or relations').choices(['ner', 're']).default('ner'))
    .option('--relation <names>', 'relations of the run, separated by commas (default: all)', commaList)
    .option('--write', 'write the template into the project instead')
    .option('--request <n>', 'which request of the run, from 1', wholeNumber(1), 1)
    .option('--seed <n>', 'of the run', wholeNumber(0), 1)
    .addOption(
      new Option('--names <source>', 'names to write about')
        .choices(['project', 'lexicon'])
        .default('project'),
    )
    .option('--project <folder>', 'folder of chartmark.json', '.')
    .option('--json', 'one machine-readable object on standard output')
    .action(async (options: Options) => {
      const { task } = options;
      const relations = relationsWanted(options);
      const project = await loadProject(options.project);
      const file = promptPath(options.project, project, task);
      if (options.write === true) {
        if (project.prompts?.[task] !== undefined) {
          throw new UserError('The project has this template already.', {
            place: { file: shownPath(file) },
            nextStep: 'Edit it there, or remove it to go back to the built-in one.',
          });
        }
        await writeFileAtomic(file, editableTemplate(task, builtInPrompts[task]));
        context.print(shownPath(file));
        return;
      }
      const wanted = {
        task,
        project,
        count: project.generation.count,
        seed: options.seed,
        ...relations,
      };
      const plan = await withTopicsFrom(wanted, options.names, context.resources);
      const composed = previewRequest(planRun(plan), options.request - 1);
      context.note(`Template: ${project.prompts?.[task] === undefined ? 'built in' : shownPath(file)}`);
      if (options.json === true) {
        const { messages, replySchema, maxTokens } = composed.request;
        const { promptHash, tokens } = composed;
        context.print(JSON.stringify({ messages, replySchema, maxTokens, promptHash, tokens }));
      } else {
        context.print(describeRequest(composed));
      }
    });
}
