import path from 'node:path';
import * as vscode from 'vscode';
import { WorkerClient } from '../process/client.ts';
import { type Commands, createCommands } from './commands.ts';
import { createPredictions, type Predictions } from './predictionStore.ts';
import { createProjects, type Projects } from './projects.ts';

/** What every feature of the extension is given. */
export interface Services {
  /** The folder of the extension: `models/`, `lexicon/`, `media/` and `dist/` lie in it. */
  readonly resources: vscode.Uri;
  /** Folder of the editor for this workspace, outside it. */
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly secrets: vscode.SecretStorage;
  /** The child process that runs models. */
  readonly worker: WorkerClient;
  /** The child process that trains, so that models run meanwhile; ended after each training. */
  readonly trainer: WorkerClient;
  readonly commands: Commands;
  readonly projects: Projects;
  readonly predictions: Predictions;
}

/** Makes the services; they end with `context`. */
export function createServices(context: vscode.ExtensionContext): Services {
  const log = vscode.window.createOutputChannel('Chartmark', { log: true });
  const script = path.join(context.extensionPath, 'dist', 'worker.cjs');
  const worker = new WorkerClient(script);
  const trainer = new WorkerClient(script);
  const projects = createProjects(log);
  const predictions = createPredictions();
  context.subscriptions.push(log, worker, trainer, projects, predictions);
  return {
    resources: context.extensionUri,
    storage: context.storageUri ?? context.globalStorageUri,
    log,
    secrets: context.secrets,
    worker,
    trainer,
    commands: createCommands(log),
    projects,
    predictions,
  };
}
