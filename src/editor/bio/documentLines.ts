import type * as vscode from 'vscode';
import type { BioFormat } from '../../corpus/bio/format.ts';
import { formatOfLines, type LineSource } from '../../corpus/bio/lineSource.ts';
import type { OpenNote } from '../../tasks/openNote.ts';

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
  readonly format: BioFormat;
}

const formats = new WeakMap<vscode.TextDocument, KnownFormat>();

/** The layout of an open BIO file; guessed once a version. */
export function formatOf(document: vscode.TextDocument): BioFormat {
  const known = formats.get(document);
  if (known?.version === document.version) return known.format;
  const format = formatOfLines(documentLines(document));
  formats.set(document, { version: document.version, format });
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
