import path from 'node:path';
import { parseBrat } from '../corpus/brat/read.ts';
import type { Document } from '../corpus/document.ts';
import { readTextIfThere } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';

/** A note that is open in an editor. */
export interface OpenNote {
  /** Its path, whether or not it was ever saved. */
  readonly file: string;
  readonly isOnDisk: boolean;
  readonly text: string;
  readonly hasUnsavedChanges: boolean;
}

/**
 * A note with the annotations of the .ann file beside it; undefined if there is no such file or it has no mention.
 * Throws `UserError` if the file is broken, or if the note has changes that the file cannot know about.
 */
export async function standoffBeside(note: OpenNote): Promise<Document | undefined> {
  if (!note.isOnDisk || !note.file.toLowerCase().endsWith('.txt')) return undefined;
  const file = note.file.replace(/\.txt$/iu, '.ann');
  const annotations = await readTextIfThere(file);
  if (annotations === undefined) return undefined;
  const document = parseBrat(note.text, annotations, path.basename(note.file), { file });
  if (document.spans.length === 0) return undefined;
  if (note.hasUnsavedChanges) {
    throw new UserError(
      'The note has unsaved changes, and the offsets in its .ann file are those of the saved text.',
      {
        place: { file: note.file },
        nextStep: 'Save the note or undo the changes, then annotate it again.',
      },
    );
  }
  return document;
}
