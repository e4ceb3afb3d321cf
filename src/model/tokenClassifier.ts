import { withoutLoose } from '../corpus/bio/looseMentions.ts';
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
  /** Whether to make short forms agree with their definitions (see `agreeWithDefinitions`); true if left out. */
  readonly shortForms?: boolean;
}

export interface TokenClassifier {
  /** The types of mentions that the model finds. */
  readonly types: readonly string[];
  /**
   * Replaces all spans, relations and attributes of the documents by the model's mentions. A document's own tokens and
   * sentences are used; other texts are split as in training. A sentence that is too long for the model is read in
   * overlapping windows, so no word is left out. Throws `CancelledError` once the signal is aborted.
   *
   * The score of a mention is the smallest probability of its words' labels (at the first token of each word): an upper
   * bound of the probability that all its words are right. A short form that is labelled because of its definition has
   * the score of the long form.
   */
  annotate(documents: readonly Document[], options?: AnnotateOptions): Promise<Document[]>;
  release(): Promise<void>;
}

interface DocumentWork {
  readonly document: Document;
  readonly sentences: readonly SentenceWork[];
}

/** Rows to collect before they run: enough to sort by length, few enough for memory. */
const rowsPerRound = 256;

/** Loads the folder of a token-classification model. Throws `UserError` with the file that is missing or broken. */
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

/** Fills in the probabilities of a round; calls `report` with the fraction that is done. */
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
        // Index 0 of a row is [CLS].
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
  return { ...document, spans, relations: [], attributes: [], meta: withoutLoose(document.meta) };
}

/** The mentions of a sentence, from its probabilities alone. */
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

/** Groups the sentences by text: a BIO file has several texts, and a definition applies only within its text. */
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
