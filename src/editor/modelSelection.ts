import * as vscode from 'vscode';
import type { OpenProject } from '../project/projectPlaces.ts';
import type { ModelSelection } from '../tasks/models.ts';

/** What says which model is in use: the setting `chartmark.model`, and the open project. */
export function modelSelection(place: OpenProject | undefined): ModelSelection {
  return { place, setting: vscode.workspace.getConfiguration('chartmark').get('model', '').trim() };
}
