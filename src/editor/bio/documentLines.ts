import * as vscode from 'vscode';
import type { BioFormat, LayoutChoice } from '../../corpus/bio/format.ts';
import { formatOfLines, type LineSource } from '../../corpus/bio/lineSource.ts';
import { layoutChooser } from '../../project/columnSettings.ts';
import type { OpenNote } from '../../tasks/openNote.ts';
import type { Projects } from '../projects.ts';

/** The language of BIO and CoNLL files. */
export const bioLanguage = 'bio';

/** The languages of notes that can be annotated. */
export const noteLanguages = ['plaintext', 'markdown'];

/** A text document, read line by line. */
export function documentLines(document: vscode.TextDocument): LineSource {
  return {
    get lineCount() {
      return document.lineCount;
    },
    lineText: (line) => document.lineAt(line).text,
  };
}

interface KnownFormat {
  readonly version: number;
  readonly layout: LayoutChoice;
  readonly format: BioFormat;
}

const formats = new WeakMap<vscode.TextDocument, KnownFormat>();

/** The columns that the project names for a file. */
export function layoutFor(uri: vscode.Uri, projects: Pick<Projects, 'current'>): LayoutChoice {
  const { columns } = projects.current(uri);
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  return folder === undefined ? {} : layoutChooser(columns, folder)(uri.fsPath);
}

/** The layout of an open BIO file; guessed once a version where the project does not say it. */
export function formatOf(document: vscode.TextDocument, projects: Pick<Projects, 'current'>): BioFormat {
  const layout = layoutFor(document.uri, projects);
  const known = formats.get(document);
  const isSame =
    known?.version === document.version &&
    known.layout.wordColumn === layout.wordColumn &&
    known.layout.tagColumn === layout.tagColumn;
  if (known !== undefined && isSame) return known.format;
  const format = formatOfLines(documentLines(document), layout);
  formats.set(document, { version: document.version, layout, format });
  return format;
}

/** A document of the editor as a task reads it. */
export function openNote(document: vscode.TextDocument): OpenNote {
  return {
    file: document.uri.fsPath,
    isOnDisk: document.uri.scheme === 'file',
    text: document.getText(),
    hasUnsavedChanges: document.isDirty,
  };
}
