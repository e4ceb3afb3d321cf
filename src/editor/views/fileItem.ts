import path from 'node:path';
import * as vscode from 'vscode';
import type { CommandId } from '../commandTable.ts';

interface FileItem {
  readonly label: string;
  readonly file: string;
  readonly description: string;
  readonly tooltip?: string;
  /** What menus look at. */
  readonly kind: 'project' | 'run' | 'file' | 'model' | 'base' | 'report';
  /** Without it the file icon of the theme is shown. */
  readonly icon?: string;
  /** What a click does with the file. */
  readonly command: CommandId | 'vscode.open' | 'markdown.showPreview';
  /** The file that the click opens, when it is another one. */
  readonly opens?: string;
}

/** A row of a view that stands for a file or folder and opens with a click. */
export function fileItem(content: FileItem): vscode.TreeItem {
  const { label, file, description, tooltip, kind, icon, command, opens } = content;
  const item = new vscode.TreeItem(label);
  item.resourceUri = vscode.Uri.file(file);
  item.description = description;
  item.tooltip = tooltip ?? vscode.workspace.asRelativePath(file);
  item.contextValue = kind;
  item.iconPath = icon === undefined ? vscode.ThemeIcon.File : new vscode.ThemeIcon(icon);
  item.command = { command, title: 'Open', arguments: [vscode.Uri.file(opens ?? file)] };
  return item;
}

/** A folder as seen from the workspace, for a row's description; nothing for the workspace itself. */
export function shownFolder(file: string, folder: string): string {
  return path.relative(folder, path.dirname(file));
}
