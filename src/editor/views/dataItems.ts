import path from 'node:path';
import * as vscode from 'vscode';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { syntheticRuns } from '../../tasks/dataFiles.ts';
import { annotatedFiles } from '../findFiles.ts';
import { projectFile } from '../projects.ts';
import { fileItem, shownFolder } from './fileItem.ts';

/** The project file, the synthetic runs (newest first), the annotated files. */
export async function dataItems(place: OpenProject): Promise<vscode.TreeItem[]> {
  const [runs, files] = await Promise.all([syntheticRuns(place.synthetic), annotatedFiles(place)]);
  const settings = projectFile(vscode.Uri.file(place.folder));
  return [
    ...(settings.exists
      ? [
          fileItem({
            label: 'chartmark.json',
            file: settings.uri.fsPath,
            description: 'labels and settings',
            kind: 'project',
            icon: 'settings-gear',
            command: 'vscode.open',
          }),
        ]
      : []),
    ...runs.map(({ name, accepted }) =>
      fileItem({
        label: name,
        file: accepted,
        description: 'synthetic notes',
        kind: 'run',
        icon: 'sparkle',
        command: 'chartmark.openAsBio',
      }),
    ),
    ...files.map((file) =>
      fileItem({
        label: path.basename(file),
        file,
        description: shownFolder(file, place.folder),
        kind: 'file',
        command: 'vscode.open',
      }),
    ),
  ];
}
