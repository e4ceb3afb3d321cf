import { chunkMentions } from '../corpus/bio/mentions.ts';
import type { BioTag } from '../corpus/bio/tag.ts';
import { createSpan, type Document, type Span } from '../corpus/document.ts';
import { textNumbers } from '../corpus/pretokenised.ts';
import { batchByLength, betweenBatches } from './lengthBatches.ts';
import { type ClassifierModel, loadClassifierModel } from './classifierModel.ts';
import type { Precision } from './folder.ts';
import { labelScheme, type LabelScheme } from './labelScheme.ts';
import { agreeWithDefinitions, type SentenceMentions } from './shortFormMentions.ts';
import { sentenceWork, type SentenceWork } from './sentenceRows.ts';
import { softmax } from './softmax.ts';
import { bestLabels } from './viterbi.ts';

/** `done` and `total` count documents; `fraction` in [0, 1] also moves within one. */
export interface AnnotateProgress {
  readonly done: number;
  readonly total: number;
  readonly fraction: number;
}

export interface AnnotateHooks {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: AnnotateProgress) => void) | undefined;
}

interface AnnotateOptions extends AnnotateHooks {
  /** Whether short forms agree with their definitions (see `agreeWithDefinitions`); they do when left out. */
  readonly shortForms?: boolean;
}

export interface TokenClassifier {
  /** The types of mention the model knows. */
  readonly types: readonly string[];
  /**
   * The documents with the model's mentions in place of whatever spans, relations and attributes they had.
   * Tokens and sentences that a document brings are kept; other texts are split as in training. A
   * sentence too long for the model is read in overlapping windows: no word is left out.
   *
   * A mention's score is the smallest of its words' probabilities (of the label given, at the word's first
   * token): an upper bound of the probability that all its words are right. A short form that is labelled
   * because its definition is has the score of the long form.
   *
   * Throws `CancelledError` once the signal is aborted.
   */
  annotate(documents: readonly Document[], options?: AnnotateOptions): Promise<Document[]>;
  release(): Promise<void>;
}

interface DocumentWork {
  readonly document: Document;
  readonly sentences: readonly SentenceWork[];
}

/** Rows collected before they run: enough to sort by length, few enough to hold. */
const rowsPerRound = 256;

/** Loads a token-classification folder. Throws `UserError` naming the file that is missing or wrong. */
export async function loadTokenClassifier(folder: string, precision?: Precision): Promise<TokenClassifier> {
  const model = await loadClassifierModel(folder, 3, precision);
  const scheme = labelScheme(model.labels);
  return {
    types: [...new Set(scheme.tags.flatMap(({ prefix, label }) => (prefix === 'O' ? [] : [label])))],
    async annotate(documents, options = {}) {
      const total = documents.length;
      const annotated: Document[] = [];
      for (const round of rounds(documents, model)) {
        await runRound(round, model, options.signal, (part) => {
          const done = annotated.length;
          options.onProgress?.({ done, total, fraction: (done + part * round.length) / total });
        });
        annotated.push(...round.map((work) => withMentions(work, scheme, options.shortForms ?? true)));
        const done = annotated.length;
        options.onProgress?.({ done, total, fraction: done / total });
      }
      return annotated;
    },
    release: () => model.release(),
  };
}

/** Documents in groups that run together. */
function* rounds(documents: readonly Document[], model: ClassifierModel): Generator<DocumentWork[]> {
  let round: DocumentWork[] = [];
  let rows = 0;
  for (const document of documents) {
    const sentences = sentenceWork(document, model);
    round.push({ document, sentences });
    for (const sentence of sentences) rows += sentence.rows.length;
    if (rows >= rowsPerRound) {
      yield round;
      round = [];
      rows = 0;
    }
  }
  if (round.length > 0) yield round;
}

/** Fills in the probabilities of a round; `report` hears the part of it that is done. */
async function runRound(
  round: readonly DocumentWork[],
  model: ClassifierModel,
  signal: AbortSignal | undefined,
  report: (part: number) => void,
): Promise<void> {
  const size = model.labels.length;
  const work = round.flatMap(({ sentences }) =>
    sentences.flatMap((sentence) => sentence.rows.map((row) => ({ sentence, row }))),
  );
  const batches = batchByLength(work.map(({ row }) => row.ids.length));
  for (const [index, batch] of batches.entries()) {
    await betweenBatches(signal);
    const items = batch.map((i) => work[i] as (typeof work)[number]);
    const { data, dims } = await model.run(items.map(({ row }) => row.ids));
    const length = dims[1] as number;
    for (const [i, { sentence, row }] of items.entries()) {
      for (const { word, place } of row.uses) {
        // Place 0 of a row is [CLS].
        softmax(data, (i * length + place + 1) * size, size, sentence.probabilities, word * size);
      }
    }
    report((index + 1) / batches.length);
  }
  await betweenBatches(signal);
}

function withMentions(
  { document, sentences }: DocumentWork,
  scheme: LabelScheme,
  shortForms: boolean,
): Document {
  const found = sentences.map((sentence) => sentenceMentions(document, sentence, scheme));
  const agreed = shortForms ? byText(document, sentences, found).flatMap(agreeWithDefinitions) : found;
  const spans: Span[] = [];
  for (const [index, { mentions }] of agreed.entries()) {
    const words = sentences[index]?.words ?? [];
    for (const mention of mentions) {
      const { label, score } = mention;
      const start = words[mention.start]?.start ?? 0;
      const end = words[mention.end - 1]?.end ?? 0;
      const id = `T${spans.length + 1}`;
      spans.push(createSpan(document.text, { id, start, end, label, source: 'model', score }));
    }
  }
  return { ...document, spans, relations: [], attributes: [] };
}

/** What the model says of a sentence by itself. */
function sentenceMentions(
  document: Document,
  { words, probabilities }: SentenceWork,
  scheme: LabelScheme,
): SentenceMentions {
  const size = scheme.tags.length;
  const labels = bestLabels(probabilities, scheme);
  const chunks = chunkMentions(labels.map((label) => scheme.tags[label] as BioTag));
  return {
    words: words.map(({ start, end }) => document.text.slice(start, end)),
    mentions: chunks.map(({ start, end, label }) => {
      let score = 1;
      for (let word = start; word < end; word++) {
        score = Math.min(score, probabilities[word * size + (labels[word] as number)] as number);
      }
      return { start, end, label, score };
    }),
  };
}

/** A file of token lines holds several texts, which define their short forms each for itself. */
function byText(
  document: Document,
  sentences: readonly SentenceWork[],
  found: readonly SentenceMentions[],
): readonly (readonly SentenceMentions[])[] {
  const numbers = textNumbers(
    document,
    sentences.map(({ words }) => words),
  );
  return [...Map.groupBy(found.entries(), ([index]) => numbers[index]).values()].map((text) =>
    text.map(([, mentions]) => mentions),
  );
}
