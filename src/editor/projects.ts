import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { UserError } from '../foundation/userError.ts';
import { defaultProject } from '../project/defaults.ts';
import { loadProject, projectFileName } from '../project/parseProject.ts';
import type { Project } from '../project/project.ts';
import { createProjectProblems, projectProblem } from './projectProblems.ts';
import { type OpenProject, projectPlaces } from '../project/projectPlaces.ts';

/** The projects of the workspace: one for each workspace folder, with the defaults if there is no chartmark.json. */
export interface Projects extends vscode.Disposable {
  /** What is known of the project that `uri` belongs to, without waiting: what was read last without an error, or the defaults. */
  current(uri?: vscode.Uri): Project;
  /** Reads the project of `folder` now. Throws `UserError` if its chartmark.json is broken. */
  load(folder: vscode.Uri): Promise<Project>;
  /** Fires after chartmark.json was read anew. */
  readonly onDidChange: vscode.Event<void>;
}

/** Keeps the projects up to date with their files and shows what is wrong with a chartmark.json in it. */
export function createProjects(log: vscode.LogOutputChannel): Projects {
  const known = new Map<string, Project>();
  const changed = new vscode.EventEmitter<void>();
  const problems = createProjectProblems();
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${projectFileName}`);

  const load = async (folder: vscode.Uri): Promise<Project> => {
    const file = vscode.Uri.joinPath(folder, projectFileName);
    try {
      const project = await loadProject(folder.fsPath);
      problems.clear(file);
      known.set(folder.toString(), project);
      return project;
    } catch (error) {
      if (error instanceof UserError) problems.set(file, projectProblem(error));
      throw error;
    }
  };
  const refresh = async (): Promise<void> => {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      await load(uri).catch((error: unknown) => {
        if (error instanceof UserError) log.warn(error.describe());
        else log.error(error instanceof Error ? error : String(error));
      });
    }
    changed.fire();
  };
  const refreshInBackground = (): void => void refresh();
  const subscriptions = vscode.Disposable.from(
    changed,
    problems,
    watcher,
    watcher.onDidChange(refreshInBackground),
    watcher.onDidCreate(refreshInBackground),
    watcher.onDidDelete(refreshInBackground),
    vscode.workspace.onDidChangeWorkspaceFolders(refreshInBackground),
  );
  refreshInBackground();

  return {
    current: (uri) => known.get(folderOf(uri)?.toString() ?? '') ?? defaultProject,
    load,
    onDidChange: changed.event,
    dispose: () => void subscriptions.dispose(),
  };
}

/** The workspace folder of `uri`; if it has none, that of the active editor, or the first. */
function folderOf(uri?: vscode.Uri): vscode.Uri | undefined {
  const near = uri ?? vscode.window.activeTextEditor?.document.uri;
  const own = near === undefined ? undefined : vscode.workspace.getWorkspaceFolder(near);
  return (own ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}

/** The folder to work in. Throws `UserError` if the window has none. */
export function requireFolder(uri?: vscode.Uri): vscode.Uri {
  const folder = folderOf(uri);
  if (folder !== undefined) return folder;
  throw new UserError('No folder is open.', {
    nextStep: 'Open a folder (File > Open Folder...) and run the command again.',
  });
}

/** The project to work in, read anew. Throws `UserError` if there is no folder or its file is broken. */
export async function openProject(projects: Projects, uri?: vscode.Uri): Promise<OpenProject> {
  const folder = requireFolder(uri);
  return projectPlaces(folder.fsPath, await projects.load(folder));
}

/** The last known project of the folder that `uri` is in; undefined if there is no folder. */
export function knownProject(projects: Projects, uri?: vscode.Uri): OpenProject | undefined {
  const folder = folderOf(uri);
  return folder === undefined ? undefined : projectPlaces(folder.fsPath, projects.current(folder));
}

/** The project file of `folder`, whether or not it exists. */
export function projectFile(folder: vscode.Uri): { readonly uri: vscode.Uri; readonly exists: boolean } {
  const uri = vscode.Uri.joinPath(folder, projectFileName);
  return { uri, exists: existsSync(uri.fsPath) };
}
