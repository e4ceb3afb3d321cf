import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../foundation/userError.ts';
import { modelInUse, modelsForTask } from '../tasks/models.ts';
import { askOne } from './ask.ts';
import { bioLanguage, noteLanguages } from './bio/documentLines.ts';
import { modelSelection } from './modelSelection.ts';
import { knownProject, openProject } from './projects.ts';
import type { Services } from './services.ts';

/** `chartmark.selectModel`, and the language status that shows which model annotates. */
export function registerSelectModel(services: Services): vscode.Disposable {
  const { projects, predictions } = services;
  const status = vscode.languages.createLanguageStatusItem('chartmark.model', [
    bioLanguage,
    ...noteLanguages,
  ]);
  status.name = 'Chartmark Model';
  const update = async (): Promise<void> => {
    const place = knownProject(projects);
    const model = place === undefined ? undefined : await modelInUse(modelSelection(place));
    status.text = model === undefined ? 'No local model' : `$(hubot) ${path.basename(model)}`;
    status.detail = model === undefined ? 'Chartmark' : 'Chartmark annotates with this model';
    status.command =
      model === undefined
        ? { command: 'chartmark.train', title: 'Train Local Model' }
        : { command: 'chartmark.selectModel', title: 'Change Model' };
  };
  const updateInBackground = (): void => void update();
  // Made by training or by hand: a folder with a config.json is a model.
  const watcher = vscode.workspace.createFileSystemWatcher('**/config.json');
  updateInBackground();
  return vscode.Disposable.from(
    status,
    watcher,
    watcher.onDidCreate(updateInBackground),
    watcher.onDidDelete(updateInBackground),
    projects.onDidChange(updateInBackground),
    predictions.onDidChange(updateInBackground),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('chartmark.model')) updateInBackground();
    }),
    services.commands.register('chartmark.selectModel', async ({ answers, uri }) => {
      const place = await openProject(projects);
      const folder = answers?.model ?? uri?.fsPath ?? (await askModel(place.models));
      const relative = path.relative(place.folder, folder);
      const value = relative.startsWith('..') ? folder : relative.replaceAll(path.sep, '/');
      const target = vscode.ConfigurationTarget.Workspace;
      await vscode.workspace.getConfiguration('chartmark').update('model', value, target);
      return folder;
    }),
  );
}

async function askModel(models: string): Promise<string> {
  const choices = (await modelsForTask(models, 'ner')).map(({ name, folder, info }) => ({
    label: name,
    description: info === undefined ? '' : `from ${info.base}`,
    value: folder,
  }));
  if (choices.length === 0) {
    throw new UserError('There is no local model yet.', {
      nextStep: 'Run "Chartmark: Train Local Model" first.',
    });
  }
  return askOne('Select Model', 'Which model should annotate?', choices);
}
