import path from 'node:path';
import type * as vscode from 'vscode';
import type { Document } from '../../corpus/document.ts';
import { counted } from '../../foundation/numbers.ts';
import { UserError } from '../../foundation/userError.ts';
import { readModelTask } from '../../model/folder.ts';
import { askOne } from '../ask.ts';
import { modelInUse, modelSetting } from '../models.ts';
import { knownProject, openProject } from '../projects.ts';
import type { Services } from '../services.ts';

/** Where the mentions of a note come from: a model finds them, or its .ann file has them. */
export type MentionSource =
  | { readonly kind: 'model'; readonly folder: string }
  | { readonly kind: 'file'; readonly document: Document };

/** What annotates a note. */
export interface NoteModels {
  readonly mentions: MentionSource;
  /** Folder of the model that joins the mentions, if there is one. */
  readonly relations?: string;
}

interface NoteModelChoice {
  /** A model that was named. */
  readonly model?: string | undefined;
  /** What was answered beforehand; asked when `ask` is set. */
  readonly mentions?: MentionSource['kind'] | undefined;
  readonly ask: boolean;
  /** Gives the note with the mentions of its .ann file, if it has any. */
  readonly readStandoff: () => Promise<Document | undefined>;
}

/**
 * The models for a note: of mentions, and of relations between them where the workspace has one. A relation
 * model joins the mentions of the .ann file beside the note or those that a model finds; when both are there,
 * people are asked. Nothing when there is no model. Throws `UserError` for a relation model without mentions.
 */
export async function noteModels(
  services: Services,
  uri: vscode.Uri,
  choice: NoteModelChoice,
): Promise<NoteModels | undefined> {
  const { finder, joiner, named } = await modelsFor(services, uri, choice.model);
  if (joiner === undefined) {
    return finder === undefined ? undefined : { mentions: { kind: 'model', folder: finder } };
  }
  const standoff = await choice.readStandoff();
  const sources: MentionSource[] = [
    ...(finder === undefined ? [] : [{ kind: 'model' as const, folder: finder }]),
    ...(standoff === undefined ? [] : [{ kind: 'file' as const, document: standoff }]),
  ];
  // Whoever names a relation model means the mentions that are there already.
  const wanted = choice.mentions ?? (named === 're' ? 'file' : 'model');
  const [first, second] = sources;
  if (first === undefined) {
    throw new UserError(`The model ${path.basename(joiner)} joins mentions, and none are known here.`, {
      place: { file: uri.fsPath },
      nextStep: 'Train a model of mentions too, or put an .ann file with mentions beside the note.',
    });
  }
  const mentions =
    second !== undefined && choice.ask
      ? await askMentions(sources)
      : (sources.find(({ kind }) => kind === wanted) ?? first);
  return { mentions, relations: joiner };
}

function askMentions(sources: readonly MentionSource[]): Promise<MentionSource> {
  return askOne<MentionSource>(
    'Annotate Open File',
    'Between which mentions should relations be found?',
    sources.map((source) =>
      source.kind === 'model'
        ? { label: `Those that ${path.basename(source.folder)} finds`, value: source }
        : {
            label: 'Those of the .ann file',
            description: counted(source.document.spans.length, 'mention'),
            value: source,
          },
    ),
  );
}

interface FoundModels {
  readonly finder: string | undefined;
  readonly joiner: string | undefined;
  /** The task of the model that was named, or that the setting names. */
  readonly named: 'ner' | 're' | undefined;
}

/** Works without an open folder too, when a model is named. */
async function modelsFor(
  services: Services,
  uri: vscode.Uri,
  given: string | undefined,
): Promise<FoundModels> {
  const place =
    knownProject(services.projects, uri) === undefined
      ? undefined
      : await openProject(services.projects, uri);
  const setting = modelSetting();
  const usual =
    place === undefined ? (path.isAbsolute(setting) ? setting : undefined) : await modelInUse(place);
  const model = given ?? usual;
  const named = model === undefined ? undefined : await readModelTask(model);
  const joiner = place === undefined ? undefined : await modelInUse(place, 're');
  if (named !== 're') return { finder: model, joiner, named };
  const finder = given === undefined ? undefined : usual;
  return { finder, joiner: model, named };
}
