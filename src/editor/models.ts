import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { type ChartmarkModelInfo, readModelInfo, readModelTask } from '../model/folder.ts';
import { findGraph } from '../model/graphFile.ts';
import { UserError } from '../foundation/userError.ts';
import type { OpenProject } from './projects.ts';

/** A model of the workspace: trained, or a base encoder to train on. */
export interface LocalModel {
  readonly name: string;
  readonly folder: string;
  /** Nothing when another program made the folder. */
  readonly info: ChartmarkModelInfo | undefined;
  /** Whether it has a graph to run: a base encoder that was downloaded has none. */
  readonly runs: boolean;
}

/** The model folders of a project, the newest first. */
export async function localModels(models: string): Promise<readonly LocalModel[]> {
  const names = await readdir(models).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => !name.startsWith('.'))
      .map(async (name) => {
        const folder = path.join(models, name);
        const changed = await stat(path.join(folder, 'config.json')).catch(() => undefined);
        if (changed === undefined) return undefined;
        const info = await readModelInfo(folder).catch(() => undefined);
        const runs = (await findGraph(folder)) !== undefined;
        return { model: { name, folder, info, runs }, changed: changed.mtimeMs };
      }),
  );
  return found
    .filter((entry) => entry !== undefined)
    .sort((a, b) => b.changed - a.changed)
    .map(({ model }) => model);
}

/**
 * The folder of the model that annotates: the setting's if it does that, the one that the project names, or the newest.
 * Nothing when there is none yet.
 */
export async function modelInUse(
  { folder, project, models }: OpenProject,
  task: 'ner' | 're' = 'ner',
): Promise<string | undefined> {
  const setting = modelSetting();
  if (setting !== '') {
    const chosen = path.resolve(folder, setting);
    // One that cannot be read stays chosen: using it will say what is wrong with it.
    if ((await readModelTask(chosen).catch(() => 'ner')) === task) return chosen;
  }
  const fitting = (await localModels(models)).filter(
    ({ info, runs }) => runs && (info?.task ?? 'ner') === task,
  );
  return (fitting.find(({ name }) => name === project.model.name) ?? fitting[0])?.folder;
}

/** Throws `UserError` where the workspace is not trusted: its model files go into a native runtime. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError('This workspace is not trusted, so its models are not used.', {
    nextStep: 'Run "Workspaces: Manage Workspace Trust" when you trust its author.',
  });
}

/** The setting `chartmark.model`; empty when it is not set. */
export function modelSetting(): string {
  return vscode.workspace.getConfiguration('chartmark').get('model', '').trim();
}
