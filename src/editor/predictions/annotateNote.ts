import path from 'node:path';
import type * as vscode from 'vscode';
import { plainDocument } from '../../corpus/document.ts';
import { counted } from '../../foundation/numbers.ts';
import { UserError } from '../../foundation/userError.ts';
import type { ModelSelection } from '../../tasks/models.ts';
import { chooseNoteModels, type MentionSource } from '../../tasks/noteModels.ts';
import { askOne } from '../ask.ts';
import { openNote } from '../bio/documentLines.ts';
import type { Annotation, Answers } from '../commandTable.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';
import { foundMessage, runModels } from './runModels.ts';

/** Shows a note's mentions, and the relations between them, in the note. Writes nothing. Undefined if there is no model. */
export async function annotateNote(
  services: Services,
  note: vscode.TextDocument,
  { answers, ...selection }: ModelSelection & { readonly answers: Answers<'chartmark.annotate'> | undefined },
): Promise<Annotation | undefined> {
  const { uri, version } = note;
  const chosen = await chooseNoteModels({
    ...selection,
    note: openNote(note),
    model: answers?.model,
    mentions: answers?.mentions,
    choose: answers === undefined ? askMentions : undefined,
  });
  if (chosen === undefined) return undefined;
  const { mentions, relations } = chosen;
  const finder = mentions.kind === 'model' ? mentions.folder : undefined;
  const given =
    mentions.kind === 'model' ? plainDocument(path.basename(uri.path), note.getText()) : mentions.document;
  const projectFolder = selection.place?.folder ?? path.dirname(uri.fsPath);
  const found = await runModels(services, given, { mentions: finder, relations, projectFolder });
  if (note.isClosed || note.version !== version) {
    throw new UserError('The file changed while the model was reading it.', {
      place: { file: uri.fsPath },
      nextStep: 'Annotate it again.',
    });
  }
  const model = finder ?? relations ?? '';
  services.predictions.set(uri, {
    model,
    spans: found.spans,
    relations: found.relations,
    ...(mentions.kind === 'file' ? { origin: found } : {}),
  });
  const models = [model, ...(relations === undefined || relations === model ? [] : [relations])];
  const save = {
    title: 'Save as .ann',
    run: () => services.commands.start('chartmark.savePredictions', { uri }),
  };
  offer(services.log, 'info', foundMessage(found, models), [
    ...(found.spans.length === 0 ? [] : [save]),
    { title: 'Hide', run: () => services.predictions.clear(uri) },
  ]);
  return { uri, model, mentions: found.spans.length, relations: found.relations.length };
}

function askMentions(sources: readonly MentionSource[]): Promise<MentionSource> {
  return askOne<MentionSource>(
    'Annotate Open File',
    'Which mentions should be used?',
    sources.map((source) =>
      source.kind === 'model'
        ? { label: `Mentions that ${path.basename(source.folder)} finds`, value: source }
        : {
            label: 'Mentions in the .ann file',
            description: counted(source.document.spans.length, 'mention'),
            value: source,
          },
    ),
  );
}
