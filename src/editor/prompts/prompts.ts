import * as vscode from 'vscode';
import { writeFileAtomic } from '../../foundation/atomicFile.ts';
import { promptPath } from '../../project/promptFiles.ts';
import { openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { askTask } from './askTask.ts';
import type { PromptViews } from './promptViews.ts';

/** `chartmark.previewPrompt` and `chartmark.editPrompt`. */
export function registerPrompts(services: Services, views: PromptViews): vscode.Disposable {
  return vscode.Disposable.from(
    services.commands.register('chartmark.previewPrompt', async ({ answers, uri }) => {
      const { project } = await openProject(services.projects, uri);
      const task = answers?.task ?? (await askTask('Preview Prompt', project));
      const [{ planRun }, { describeRequest, previewRequest }] = await Promise.all([
        import('../../generation/plan/planRun.ts'),
        import('../../generation/prompt/promptPreview.ts'),
      ]);
      const plan = planRun({ task, project, count: project.generation.count, seed: 1 });
      return views.show(`prompt-${task}.txt`, describeRequest(previewRequest(plan, 0)));
    }),
    services.commands.register('chartmark.editPrompt', async ({ answers, uri }) => {
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
