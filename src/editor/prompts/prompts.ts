import * as vscode from 'vscode';
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
      const [{ previewPrompt }, { describeRequest }] = await Promise.all([
        import('../../tasks/prompt.ts'),
        import('../../generation/prompt/promptPreview.ts'),
      ]);
      const resources = services.resources.fsPath;
      const wish = { project, task, topicSource: 'project', seed: 1, request: 0, resources } as const;
      return views.show(`prompt-${task}.txt`, describeRequest(await previewPrompt(wish)));
    }),
    services.commands.register('chartmark.editPrompt', async ({ answers, uri }) => {
      const { folder, project } = await openProject(services.projects, uri);
      const task = answers?.task ?? (await askTask('Edit Prompt', project));
      const { writeTemplate } = await import('../../tasks/prompt.ts');
      const { file } = await writeTemplate(folder, project, task);
      await vscode.window.showTextDocument(vscode.Uri.file(file));
      return file;
    }),
  );
}
