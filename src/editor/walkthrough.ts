import * as vscode from 'vscode';
import type { OpenProject } from '../project/projectPlaces.ts';
import { syntheticRuns } from '../tasks/dataFiles.ts';
import { localModels } from '../tasks/models.ts';
import { reportFiles } from '../tasks/reports.ts';
import { annotatedFiles } from './findFiles.ts';
import { knownProject } from './projects.ts';
import type { Services } from './services.ts';

/** `chartmark.openWalkthrough` and `chartmark.showLog`. */
export function registerWalkthrough(services: Services, extensionId: string): vscode.Disposable {
  return vscode.Disposable.from(
    services.commands.register('chartmark.openWalkthrough', async () => {
      const category = `${extensionId}#chartmark.start`;
      const step = await firstStepToDo(knownProject(services.projects));
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', { category, step }, false);
    }),
    services.commands.register('chartmark.showLog', () => services.log.show()),
  );
}

/** The step of the walkthrough that a project has not done yet, as its files tell; the last one if it has done all. */
async function firstStepToDo(
  place: OpenProject | undefined,
): Promise<'generate' | 'train' | 'annotate' | 'evaluate'> {
  if (place === undefined) return 'generate';
  const [runs, files, models, reports] = await Promise.all([
    syntheticRuns(place.synthetic),
    annotatedFiles(place),
    localModels(place.models),
    reportFiles(place.reports),
  ]);
  if (models.some(({ runs: canRun }) => canRun)) return reports.length === 0 ? 'annotate' : 'evaluate';
  return runs.length + files.length === 0 ? 'generate' : 'train';
}
