/** Our side of the inference bench: answers the questions that its peers answer. */
import { readDocuments } from '../../src/corpus/read.ts';
import { plainDocument } from '../../src/corpus/document.ts';
import { loadTokenClassifier } from '../../src/model/tokenClassifier.ts';
import type { TokenClassifier } from '../../src/model/tokenClassifier.ts';
import { answerLines, peakMemory } from '../lineServer.ts';

let classifier: TokenClassifier | undefined;

await answerLines(async (question) => {
  classifier ??= await loadTokenClassifier(question['model'] as string);
  const documents =
    question['file'] === undefined
      ? [plainDocument('note', question['text'] as string)]
      : await readDocuments([question['file'] as string]);
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
