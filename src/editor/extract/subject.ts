import path from 'node:path';
import type * as vscode from 'vscode';
import { bioToDocument } from '../../corpus/bio/document.ts';
import { type BioFile, parseBio } from '../../corpus/bio/file.ts';
import { type Document, plainDocument, type TextRange } from '../../corpus/document.ts';
import type { IdentifierFinding } from '../../privacy/identifierKinds.ts';
import { bioLanguage, openNote } from '../bio/documentLines.ts';
import { standoffBeside } from '../../tasks/openNote.ts';
import type { Predictions } from '../predictionStore.ts';

/** The open file that a language model is asked about. */
export interface Subject {
  readonly file: vscode.TextDocument;
  readonly name: string;
  /** Its text, and the mentions that it has: those of the .ann file beside it, or those that are shown. */
  readonly document: Document;
  readonly bio?: BioFile;
}

export async function readSubject(file: vscode.TextDocument, predictions: Predictions): Promise<Subject> {
  const name = path.basename(file.uri.path);
  if (file.languageId === bioLanguage) {
    const bio = parseBio(file.getText(), { file: file.uri.fsPath });
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

/** Where in the file a finding in its text stands. */
export function placeOf({ document, bio }: Subject, { start, end }: IdentifierFinding): TextRange {
  if (bio === undefined) return { start, end };
  const tokens = document.tokens ?? [];
  const first = bio.tokens[tokens.findIndex((token) => token.end > start)];
  const last = bio.tokens[tokens.findLastIndex((token) => token.start < end)];
  return { start: first?.start ?? 0, end: last?.end ?? first?.end ?? 0 };
}
