import { readFile, stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import { parseBrat } from '../../corpus/brat.ts';
import type { Document } from '../../corpus/document.ts';
import { UserError } from '../../foundation/userError.ts';

/**
 * A note with the annotations of the .ann file beside it; nothing when there is no such file or it has no
 * mention. Throws `UserError` when the file is broken, or the note has changes that it cannot know.
 */
export async function standoffBeside(note: vscode.TextDocument, name: string): Promise<Document | undefined> {
  if (note.uri.scheme !== 'file' || !note.uri.path.toLowerCase().endsWith('.txt')) return undefined;
  const file = note.uri.fsPath.replace(/\.txt$/iu, '.ann');
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return undefined;
  const document = parseBrat(note.getText(), await readFile(file, 'utf8'), name, { file });
  if (document.spans.length === 0) return undefined;
  if (note.isDirty) {
    throw new UserError(
      'The note has changes that are not saved, and its .ann file counts the saved characters.',
      {
        place: { file: note.uri.fsPath },
        nextStep: 'Save the note or take the changes back, then annotate it again.',
      },
    );
  }
  return document;
}
