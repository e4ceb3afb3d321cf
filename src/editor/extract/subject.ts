import path from 'node:path';
import type * as vscode from 'vscode';
import { bioToDocument } from '../../corpus/bio/document.ts';
import { parseBio } from '../../corpus/bio/file.ts';
import { plainDocument } from '../../corpus/document.ts';
import type { OpenText } from '../../tasks/findIdentifiers.ts';
import { bioLanguage, layoutFor, openNote } from '../bio/documentLines.ts';
import { standoffBeside } from '../../tasks/openNote.ts';
import type { Services } from '../services.ts';

/**
 * The open file that a command is about. Its document has the mentions of the .ann file beside it, or else those that are
 * shown.
 */
export interface Subject extends OpenText {
  readonly file: vscode.TextDocument;
  readonly name: string;
}

export async function readSubject(
  file: vscode.TextDocument,
  { predictions, projects }: Pick<Services, 'predictions' | 'projects'>,
): Promise<Subject> {
  const name = path.basename(file.uri.path);
  if (file.languageId === bioLanguage) {
    const layout = layoutFor(file.uri, projects);
    const bio = parseBio(file.getText(), { file: file.uri.fsPath, layout });
    return { file, name, document: bioToDocument(bio, name), bio };
  }
  const standoff = await standoffBeside(openNote(file));
  const { spans = [], relations = [] } = predictions.get(file.uri) ?? {};
  return {
    file,
    name,
    document: standoff ?? { ...plainDocument(name, file.getText()), spans, relations },
  };
}
