/** Our side of the inference bench: answers the questions that its peers answer. */
import { newReading } from '../../src/runs/runFolders.ts';
import { plainDocument, type Document } from '../../src/corpus/document.ts';
import { readDocuments } from '../../src/corpus/read.ts';
import { batchByLength } from '../../src/model/lengthBatches.ts';
import { loadClassifierModel, type ClassifierModel } from '../../src/model/classifierModel.ts';
import type { Precision } from '../../src/model/folder.ts';
import { sentenceWork } from '../../src/model/sentenceRows.ts';
import { loadTokenClassifier, type TokenClassifier } from '../../src/model/tokenClassifier.ts';
import { answerLines, peakMemory } from '../lineServer.ts';

let classifier: TokenClassifier | undefined;
let graph: ClassifierModel | undefined;

await answerLines(async (question) => {
  const model = question['model'] as string;
  const precision = question['precision'] as Precision;
  const documents =
    question['file'] === undefined
      ? [plainDocument('note', question['text'] as string)]
      : await readDocuments([question['file'] as string], newReading());
  if (question['graphAlone'] === true) {
    graph ??= await loadClassifierModel(model, 3, precision);
    return { ms: await graphAlone(graph, documents), mentions: '', peak: peakMemory() };
  }
  classifier ??= await loadTokenClassifier(model, precision);
  const started = performance.now();
  const spans = (await classifier.annotate(documents)).flatMap((document) => document.spans);
  return {
    ms: performance.now() - started,
    mentions: spans.length,
    last: spans.at(-1)?.end ?? 0,
    peak: peakMemory(),
  };
});
await classifier?.release();
await graph?.release();

/** The time in the runtime: what is left when tokenising and decoding take none. */
async function graphAlone(model: ClassifierModel, documents: readonly Document[]): Promise<number> {
  const rows = documents.flatMap((document) => sentenceWork(document, model)).flatMap((work) => work.rows);
  const batches = batchByLength(rows.map(({ ids }) => ids.length)).map((batch) =>
    batch.map((i) => rows[i]?.ids ?? []),
  );
  const started = performance.now();
  for (const batch of batches) await model.run(batch);
  return performance.now() - started;
}
