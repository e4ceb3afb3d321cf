import path from 'node:path';
import * as vscode from 'vscode';
import { type Document, plainDocument } from '../../corpus/document.ts';
import { UserError } from '../../foundation/userError.ts';
import { offer } from '../offer.ts';
import { withProgress } from '../progress.ts';
import { knownProject, openProject } from '../projects.ts';
import type { Services } from '../services.ts';
import type { NoteModels } from './noteModels.ts';
import { runModel } from './runModel.ts';
import { countByType } from '../../annotation/describeMentions.ts';

/** What annotating found. */
export interface Annotation {
  /** The document that shows the mentions: the file itself, or the new one beside a BIO file. */
  readonly uri: vscode.Uri;
  /** Folder of the model that found the mentions, or of the one that joined those of a file. */
  readonly model: string;
  readonly mentions: number;
  readonly relations: number;
}

/** Shows a note's mentions, and the relations between them, in the note. Writes nothing. */
export async function annotateNote(
  services: Services,
  note: vscode.TextDocument,
  { mentions, relations }: NoteModels,
): Promise<Annotation> {
  const { uri, version } = note;
  const name = path.basename(uri.path);
  const plain = plainDocument(name, note.getText());
  const found =
    mentions.kind === 'file' ? mentions.document : await runModel(services, mentions.folder, plain, name);
  const related = relations === undefined ? found : await relate(services, relations, found, uri);
  if (note.isClosed || note.version !== version) {
    throw new UserError('The file was changed while the model read it.', {
      place: { file: uri.fsPath },
      nextStep: 'Annotate it again.',
    });
  }
  const model = mentions.kind === 'model' ? mentions.folder : (relations ?? '');
  services.predictions.set(uri, {
    model,
    spans: related.spans,
    relations: related.relations,
    ...(mentions.kind === 'file' ? { origin: related } : {}),
  });
  const models = [model, ...(relations === undefined || relations === model ? [] : [relations])];
  const isEmpty = related.spans.length === 0;
  offer(services.log, 'info', resultMessage(name, models, related), [
    ...(isEmpty
      ? []
      : [
          {
            title: 'Save as .ann',
            run: () => vscode.commands.executeCommand('chartmark.savePredictions', { uri }),
          },
        ]),
    { title: 'Hide', run: () => services.predictions.clear(uri) },
  ]);
  return { uri, model, mentions: related.spans.length, relations: related.relations.length };
}

async function relate(
  { worker, projects }: Services,
  model: string,
  document: Document,
  uri: vscode.Uri,
): Promise<Document> {
  const place = knownProject(projects, uri) === undefined ? undefined : await openProject(projects, uri);
  const projectFolder = place?.folder ?? path.dirname(uri.fsPath);
  const title = `Relating mentions of ${document.id} with ${path.basename(model)}`;
  const { documents } = await withProgress(title, (signal, report) =>
    worker.relate(
      { model, documents: [document], projectFolder },
      { signal, onProgress: ({ fraction }) => report(`${Math.round(fraction * 100)} %`, fraction) },
    ),
  );
  const [related] = documents;
  if (related === undefined) throw new Error('The model process gave no document back.');
  return related;
}

function resultMessage(name: string, models: readonly string[], { spans, relations }: Document): string {
  const names = models.map((model) => path.basename(model)).join(', ');
  const from = `(${models.length === 1 ? 'model' : 'models'} ${names})`;
  if (spans.length === 0) return `No mention found in ${name} ${from}.`;
  const related =
    relations.length === 0
      ? ''
      : `, ${relations.length} ${relations.length === 1 ? 'relation' : 'relations'}`;
  return `${countByType(spans)}${related} in ${name} ${from}. Hover to see scores.`;
}
