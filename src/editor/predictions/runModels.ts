import path from 'node:path';
import { countByType } from '../../annotation/describeMentions.ts';
import type { Document } from '../../corpus/document.ts';
import { counted, plural } from '../../foundation/numbers.ts';
import { type AnnotatingModels, annotateDocuments } from '../../tasks/annotate.ts';
import { withProgress } from '../progress.ts';
import type { Services } from '../services.ts';

/** The document with what the models find in it. Throws `UserError`, `CancelledError`. */
export async function runModels(
  { worker }: Services,
  document: Document,
  models: AnnotatingModels,
): Promise<Document> {
  const names = [models.mentions, models.relations].flatMap((folder) => folder ?? []);
  const title = `Annotating ${document.id} with ${names.map((folder) => path.basename(folder)).join(', ')}`;
  const { documents } = await withProgress(title, (signal, report) =>
    annotateDocuments([document], models, {
      worker,
      signal,
      onProgress: (step, fraction) =>
        // Two models make two passes.
        report(
          `${step}: ${Math.round(fraction * 100)} %`,
          (step === 'mentions' ? fraction : fraction + names.length - 1) / names.length,
        ),
    }),
  );
  const [annotated] = documents;
  if (annotated === undefined) throw new Error('The model process returned no document.');
  return annotated;
}

/** "4 mentions (3 Disease, 1 Chemical) in visit.txt (model local). Hover to see scores." */
export function foundMessage({ id, spans, relations }: Document, models: readonly string[]): string {
  const names = models.map((model) => path.basename(model)).join(', ');
  const from = `(${plural(models.length, 'model')} ${names})`;
  if (spans.length === 0) return `No mention was found in ${id} ${from}.`;
  const related = relations.length === 0 ? '' : `, ${counted(relations.length, 'relation')}`;
  return `${countByType(spans)}${related} in ${id} ${from}. Hover to see scores.`;
}
