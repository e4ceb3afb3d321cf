import path from 'node:path';
import * as vscode from 'vscode';
import { counted, grouped, percent } from '../../foundation/numbers.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { syntheticRuns } from '../../tasks/dataFiles.ts';
import { measuredOn } from '../../tasks/measuredOn.ts';
import { type LocalModel, localModels, modelInUse } from '../../tasks/models.ts';
import { runCounts } from '../../tasks/runCounts.ts';
import { readReport, type ReportFile, reportFiles } from '../../tasks/reports.ts';
import type { CommandId } from '../commandTable.ts';
import { annotatedFiles } from '../findFiles.ts';
import { modelSelection } from '../modelSelection.ts';
import { projectFile } from '../projects.ts';

/** The project file, the synthetic runs (newest first), the annotated files. */
export async function dataItems(place: OpenProject): Promise<vscode.TreeItem[]> {
  const [runs, files] = await Promise.all([syntheticRuns(place.synthetic), annotatedFiles(place)]);
  const counts = await Promise.all(runs.map(({ accepted }) => describeRun(accepted)));
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
    ...runs.map(({ name, accepted }, index) =>
      fileItem({
        label: name,
        file: accepted,
        description: counts[index] ?? '',
        kind: 'run',
        icon: 'sparkle',
        command: 'chartmark.openAsBio',
      }),
    ),
    ...files.map((file) =>
      fileItem({
        label: path.basename(file),
        file,
        description: path.relative(place.folder, path.dirname(file)),
        kind: 'file',
        command: 'vscode.open',
      }),
    ),
  ];
}

/** "1,200 texts, 3 reviewed". */
async function describeRun(accepted: string): Promise<string> {
  try {
    const { texts, reviewed } = await runCounts(accepted);
    return `${counted(texts, 'text')}${reviewed === 0 ? '' : `, ${grouped(reviewed)} reviewed`}`;
  } catch {
    // Opening the run says what is wrong with it.
    return 'cannot be read';
  }
}

/** The reports, the newest first, each with its F1. */
export async function reportItems({ reports }: OpenProject): Promise<vscode.TreeItem[]> {
  return Promise.all((await reportFiles(reports)).map(reportItem));
}

async function reportItem({ name, file }: ReportFile): Promise<vscode.TreeItem> {
  const report = await readReport(file).catch(() => undefined);
  return fileItem({
    label: name,
    file,
    description: report === undefined ? 'not a Chartmark report' : `F1 ${percent(report.micro.f1)}`,
    kind: 'report',
    icon: 'graph',
    command: 'chartmark.showReport',
  });
}

/** The models and base encoders, the newest first; those that annotate are marked. */
export async function modelItems(place: OpenProject): Promise<vscode.TreeItem[]> {
  const [models, ...used] = await Promise.all([
    localModels(place.models),
    modelInUse(modelSelection(place)),
    modelInUse(modelSelection(place), 're'),
  ]);
  return models.map((model) =>
    fileItem({
      label: model.name,
      file: model.folder,
      description: describe(model, used.includes(model.folder)),
      kind: model.runs ? 'model' : 'base',
      icon: iconOf(model, used.includes(model.folder)),
      command: 'markdown.showPreview',
      opens: path.join(model.folder, 'README.md'),
    }),
  );
}

/** One that was stopped looks unfinished also where it annotates: its row says both in words. */
function iconOf({ info }: LocalModel, used: boolean): string {
  if (info?.stopped !== undefined) return 'debug-pause';
  return used ? 'pass-filled' : 'package';
}

function describe({ info, runs }: LocalModel, used: boolean): string {
  if (!runs) return 'base encoder';
  const f1 = info?.scores['devF1'];
  return [
    ...(f1 === undefined ? [] : [`F1 ${percent(f1)} on ${measuredOn(sourcesOf(info))}`]),
    ...(info?.stopped === undefined
      ? []
      : [`stopped after epoch ${info.stopped.epochs} of ${info.stopped.of}`]),
    ...(info?.task === 're' ? ['relations'] : []),
    ...(used ? ['annotates'] : []),
  ].join(' · ');
}

/** The names of the files that a model's record has. */
function sourcesOf(info: LocalModel['info']): Parameters<typeof measuredOn>[0] {
  const namesOf = (role: 'train' | 'dev'): string[] | undefined =>
    info?.data.find((part) => part.role === role)?.sources?.map(({ name }) => name);
  return { train: namesOf('train') ?? [], dev: namesOf('dev') };
}

interface FileItem {
  readonly label: string;
  readonly file: string;
  readonly description: string;
  /** What menus look at. */
  readonly kind: 'project' | 'run' | 'file' | 'model' | 'base' | 'report';
  /** The file icon of the theme if undefined. */
  readonly icon?: string;
  /** What a click does with the file. */
  readonly command: CommandId | 'vscode.open' | 'markdown.showPreview';
  /** The file that the click opens, if it is another one. */
  readonly opens?: string;
}

/** A row of a view that stands for a file or folder and opens with a click. */
function fileItem(content: FileItem): vscode.TreeItem {
  const { label, file, description, kind, icon, command, opens } = content;
  const item = new vscode.TreeItem(label);
  item.resourceUri = vscode.Uri.file(file);
  item.description = description;
  item.tooltip = vscode.workspace.asRelativePath(file);
  item.contextValue = kind;
  item.iconPath = icon === undefined ? vscode.ThemeIcon.File : new vscode.ThemeIcon(icon);
  item.command = { command, title: 'Open', arguments: [vscode.Uri.file(opens ?? file)] };
  return item;
}
