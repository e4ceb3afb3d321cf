import * as vscode from 'vscode';
import { formatBio, parseBio } from '../../corpus/bio/file.ts';
import { spansInFile, withSpans } from '../../corpus/bio/withSpans.ts';
import type { Document } from '../../corpus/document.ts';
import { UserError } from '../../foundation/userError.ts';
import { openUnsaved, unsavedName } from '../predictions/openUnsaved.ts';

import type { Predictions } from '../predictionStore.ts';
import type { Subject } from './subject.ts';

/**
 * Shows what a language model found: in the note, or, for a BIO file, in a new file beside it that is not saved. Returns
 * which file it is. `model` names the model. Throws `UserError` if the file was changed in the meantime.
 */
export async function showExtracted(
  { file, bio }: Subject,
  version: number,
  extracted: Document,
  { predictions, model }: { readonly predictions: Predictions; readonly model: string },
): Promise<vscode.Uri> {
  if (file.isClosed || file.version !== version) {
    throw new UserError('The file changed while the language model was queried.', {
      place: { file: file.uri.fsPath },
      nextStep: 'Extract again.',
    });
  }
  if (bio === undefined) {
    const { spans, relations, attributes, standoff } = extracted;
    const origin = standoff === undefined ? {} : { origin: { attributes, standoff } };
    predictions.set(file.uri, { model, spans, relations, ...origin });
    return file.uri;
  }
  const tagged = withSpans(bio, extracted);
  const name = unsavedName(file.uri, model.replaceAll(/[^\w.-]+/g, '-'));
  const shown = await openUnsaved(name, formatBio(tagged));
  predictions.set(shown.uri, {
    model,
    spans: spansInFile(extracted, parseBio(shown.getText(), { format: tagged.format })),
  });
  await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  return shown.uri;
}
