import * as vscode from 'vscode';
import { defaultProject } from '../project/defaults.ts';
import { writeFileAtomic } from '../foundation/atomicFile.ts';
import { projectFile, requireFolder } from './projects.ts';
import type { Services } from './services.ts';

/** `chartmark.openProject`: opens chartmark.json. If there is none, creates one with the defaults. */
export function registerOpenProject(services: Services): vscode.Disposable {
  return services.commands.register('chartmark.openProject', async ({ uri: near }) => {
    const { uri, exists } = projectFile(requireFolder(near));
    if (!exists) await writeFileAtomic(uri.fsPath, newProjectText());
    await vscode.window.showTextDocument(uri);
    return uri;
  });
}

/** The parts that a person edits first; the rest keeps its default and completes in the editor. */
function newProjectText(): string {
  const { entityTypes, relationTypes, generation, model } = defaultProject;
  const project = {
    entityTypes,
    relationTypes,
    generation: { provider: generation.provider, count: generation.count },
    model,
  };
  return `${JSON.stringify(project, undefined, 2)}\n`;
}
