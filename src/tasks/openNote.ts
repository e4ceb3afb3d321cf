import path from 'node:path';
import { sniffFormat } from '../corpus/sniff.ts';
import { unknownForm } from '../corpus/unknownForm.ts';
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
 * Throws `UserError` if a file is not a plain text, but holds annotations or data in another form: a model would take its
 * markup for words.
 */
export function checkIsNote({ file, text }: OpenNote): void {
  const format = sniffFormat(file, text);
  if (format === 'unknown') throw unknownForm(file, path.extname(file).toLowerCase(), text);
  if (format !== 'other' && format !== 'jsonl') return;
  throw new UserError('This file holds annotated texts, and is not a plain note.', {
    place: { file },
    nextStep: 'Convert it with "chartmark convert" and open the texts.',
  });
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
