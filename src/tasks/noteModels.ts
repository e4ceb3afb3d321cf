import path from 'node:path';
import type { Document } from '../corpus/document.ts';
import { UserError } from '../foundation/userError.ts';
import { readModelTask } from '../model/folder.ts';
import { modelInUse, type ModelSelection } from './models.ts';
import { checkIsNote, type OpenNote, standoffBeside } from './openNote.ts';

/** Where the mentions of a note come from: a model finds them, or its .ann file has them. */
export type MentionSource =
  | { readonly kind: 'model'; readonly folder: string }
  | { readonly kind: 'file'; readonly document: Document };

/** What annotates a note. */
export interface NoteModels {
  readonly mentions: MentionSource;
  /** Folder of the model that finds relations between the mentions, if there is one. */
  readonly relations?: string;
}

interface Wish extends ModelSelection {
  readonly note: OpenNote;
  /** The model that was named for this note, if one was. */
  readonly model?: string | undefined;
  /** Which mentions are meant if both kinds are there and nobody is asked. */
  readonly mentions?: MentionSource['kind'] | undefined;
  /** Asks a person which mentions are meant; undefined if there is nobody to ask. */
  readonly choose?: ((sources: readonly MentionSource[]) => Promise<MentionSource>) | undefined;
}

/**
 * The models for a note: one for mentions, and one for relations between them if the project has one, which takes the
 * mentions of the .ann file beside the note or those that a model finds. Undefined if there is no model. Throws
 * `UserError` if there is a model for relations and no mentions.
 */
export async function chooseNoteModels(wish: Wish): Promise<NoteModels | undefined> {
  const { note, choose } = wish;
  checkIsNote(note);
  const { finder, relations, named } = await modelsFor(wish);
  if (relations === undefined) {
    return finder === undefined ? undefined : { mentions: { kind: 'model', folder: finder } };
  }
  const standoff = await standoffBeside(note);
  const sources: MentionSource[] = [
    ...(finder === undefined ? [] : [{ kind: 'model' as const, folder: finder }]),
    ...(standoff === undefined ? [] : [{ kind: 'file' as const, document: standoff }]),
  ];
  const [first, second] = sources;
  if (first === undefined) {
    throw new UserError(
      `The model ${path.basename(relations)} finds relations between mentions, but there are no mentions here.`,
      {
        place: { file: note.file },
        nextStep: 'Train a model for mentions too, or put an .ann file with mentions next to the note.',
      },
    );
  }
  if (second !== undefined && choose !== undefined) return { mentions: await choose(sources), relations };
  // A person who chooses a relation model means the mentions of the .ann file.
  const wanted = wish.mentions ?? (named === 're' ? 'file' : 'model');
  return { mentions: sources.find(({ kind }) => kind === wanted) ?? first, relations };
}

interface FoundModels {
  readonly finder: string | undefined;
  readonly relations: string | undefined;
  /** The task of the model that was named for the note, or of the one in use. */
  readonly named: 'ner' | 're' | undefined;
}

async function modelsFor({ model: given, ...selection }: Wish): Promise<FoundModels> {
  const usual = await modelInUse(selection);
  const model = given ?? usual;
  const named = model === undefined ? undefined : await readModelTask(model);
  if (named !== 're') return { finder: model, relations: await modelInUse(selection, 're'), named };
  return { finder: given === undefined ? undefined : usual, relations: model, named };
}
