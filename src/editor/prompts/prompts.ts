import * as vscode from 'vscode';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { promptPath } from '../../project/promptFiles.ts';
import { readArgument } from '../commandArgument.ts';
import { registerCommand } from '../commandRunner.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { askTask, type PromptTask } from './askTask.ts';
import type { PromptViews } from './promptViews.ts';

interface PromptAnswers {
  readonly task: PromptTask;
}

/** `chartmark.previewPrompt` and `chartmark.editPrompt`. */
export function registerPrompts(services: Services, views: PromptViews): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(services, 'chartmark.previewPrompt', async (argument) => {
      const { answers, uri } = readArgument<PromptAnswers>(argument);
      const { project } = await openProject(services.projects, uri);
      const task = answers?.task ?? (await askTask('Preview Prompt', project));
      const [{ planRun }, { describeRequest, previewRequest }] = await Promise.all([
        import('../../generation/plan/planRun.ts'),
        import('../../generation/prompt/promptPreview.ts'),
      ]);
      const plan = planRun({ task, project, count: project.generation.count, seed: 1 });
      return views.show(`prompt-${task}.txt`, describeRequest(previewRequest(plan, 0)));
    }),
    registerCommand(services, 'chartmark.editPrompt', async (argument) => {
      const { answers, uri } = readArgument<PromptAnswers>(argument);
      const { folder, project } = await openProject(services.projects, uri);
      const task = answers?.task ?? (await askTask('Edit Prompt', project));
      const file = promptPath(folder, project, task);
      if (project.prompts?.[task] === undefined) {
        const { builtInPrompts, editableTemplate } =
          await import('../../generation/prompt/promptDefaults.ts');
        await writeFileAtomic(file, editableTemplate(task, builtInPrompts[task]));
      }
      await vscode.window.showTextDocument(vscode.Uri.file(file));
      return file;
    }),
  );
}
