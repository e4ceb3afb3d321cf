import path from 'node:path';
import type * as vscode from 'vscode';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { type LocalModel, localModels, modelInUse } from '../../tasks/models.ts';
import { modelSelection } from '../modelSelection.ts';
import { percent } from '../../foundation/numbers.ts';
import { fileItem } from './fileItem.ts';

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
      icon: used.includes(model.folder) ? 'pass-filled' : 'package',
      command: 'markdown.showPreview',
      opens: path.join(model.folder, 'README.md'),
    }),
  );
}

function describe({ info, runs }: LocalModel, used: boolean): string {
  if (!runs) return 'base encoder';
  const f1 = info?.scores['devF1'];
  return [
    ...(f1 === undefined ? [] : [`F1 ${percent(f1)}`]),
    ...(info?.task === 're' ? ['relations'] : []),
    ...(used ? ['annotates'] : []),
  ].join(' · ');
}
