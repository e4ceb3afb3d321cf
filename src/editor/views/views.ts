import * as vscode from 'vscode';
import { knownProject } from '../projects.ts';
import type { Services } from '../services.ts';
import { dataItems, modelItems, reportItems } from './items.ts';

/** How long changes in the folders must rest before the views look again. */
const restMs = 300;

/** The side panel: the project's data, models and reports. */
export function registerViews(services: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let waiting: NodeJS.Timeout | undefined;
  const refresh = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => changed.fire(), restMs);
  };
  const view = (
    id: string,
    items: (place: NonNullable<ReturnType<typeof knownProject>>) => Promise<vscode.TreeItem[]>,
  ): vscode.Disposable =>
    vscode.window.registerTreeDataProvider<vscode.TreeItem>(id, {
      onDidChangeTreeData: changed.event,
      getTreeItem: (item) => item,
      getChildren: async (parent) => {
        const place = knownProject(services.projects);
        return place === undefined || parent !== undefined ? [] : items(place);
      },
    });
  const watcher = vscode.workspace.createFileSystemWatcher(
    '**/{*.bio,*.conll,*.iob,*.iob2,*.ann,*.jsonl,*.json}',
  );
  return vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidCreate(refresh),
    watcher.onDidChange(refresh),
    watcher.onDidDelete(refresh),
    services.projects.onDidChange(refresh),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('chartmark.model')) refresh();
    }),
    { dispose: () => clearTimeout(waiting) },
    view('chartmark.data', dataItems),
    view('chartmark.models', modelItems),
    view('chartmark.reports', reportItems),
    services.commands.register('chartmark.refreshViews', () => changed.fire()),
  );
}
