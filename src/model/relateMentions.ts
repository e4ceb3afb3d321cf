import type { Document } from '../corpus/document.ts';
import { UserError } from '../foundation/userError.ts';
import {
  type PossibleRelation,
  type RelationCandidate,
  relationCandidates,
} from '../project/relationCandidates.ts';
import type { RelationSchema } from '../project/relationSchema.ts';
import type { Classification, SequenceClassifier } from './sequenceClassifier.ts';
import type { AnnotateHooks } from './tokenClassifier.ts';
import { type FoundRelation, withRelations } from '../project/withRelations.ts';

export interface RelatedDocuments {
  readonly documents: readonly Document[];
  /** How many pairs of mentions the model classified. */
  readonly pairs: number;
}

/** Pairs to collect before they run: enough to sort by length, few enough for memory. */
const pairsPerRound = 2048;

/**
 * Replaces the relations of the schema's types by those that the model finds; mentions and all other relations stay.
 * The score of a relation is its probability among the labels that the types of the two mentions allow. Throws
 * `UserError` if no label of the model is a relation type, and `CancelledError` once the signal is aborted.
 */
export async function relateMentions(
  classifier: SequenceClassifier,
  documents: readonly Document[],
  schema: RelationSchema,
  hooks: AnnotateHooks = {},
): Promise<RelatedDocuments> {
  checkLabels(classifier.labels, schema);
  const related: Document[] = [];
  let pairs = 0;
  for (const round of rounds(documents, schema)) {
    const rows = round.flatMap(({ candidates }) => candidates.map(({ row }) => row));
    const results = await classifier.classify(rows, {
      signal: hooks.signal,
      onProgress: ({ done, total }) => {
        const fraction = (related.length + (done / total) * round.length) / documents.length;
        hooks.onProgress?.({ done: related.length, total: documents.length, fraction });
      },
    });
    pairs += rows.length;
    let row = 0;
    for (const { document, candidates } of round) {
      const found = candidates.flatMap(({ possible }) => {
        const { probabilities } = results[row++] as Classification;
        return bestOf(possible, probabilities, classifier.labels);
      });
      related.push(withRelations(document, found, schema, 'model'));
    }
    hooks.onProgress?.({
      done: related.length,
      total: documents.length,
      fraction: related.length / documents.length,
    });
  }
  return { documents: related, pairs };
}

interface DocumentPairs {
  readonly document: Document;
  readonly candidates: readonly RelationCandidate[];
}

/** Documents in groups that run together. */
function* rounds(documents: readonly Document[], schema: RelationSchema): Generator<DocumentPairs[]> {
  let round: DocumentPairs[] = [];
  let pairs = 0;
  for (const document of documents) {
    const candidates = relationCandidates(document, schema);
    round.push({ document, candidates });
    pairs += candidates.length;
    if (pairs >= pairsPerRound) {
      yield round;
      round = [];
      pairs = 0;
    }
  }
  if (round.length > 0) yield round;
}

/** The most probable relation of a pair, if it is more probable than no relation. */
function bestOf(
  possible: readonly PossibleRelation[],
  probabilities: Float32Array,
  labels: readonly string[],
): readonly FoundRelation[] {
  const none = probabilities[labels.indexOf('0')] ?? 0;
  let sum = none;
  let best: { readonly relation: PossibleRelation; readonly probability: number } | undefined;
  for (const relation of possible) {
    const probability = probabilities[columnOf(relation, possible, labels)] ?? 0;
    sum += probability;
    if (best === undefined || probability > best.probability) best = { relation, probability };
  }
  return best === undefined || best.probability <= none || sum === 0
    ? []
    : [{ ...best.relation, score: best.probability / sum }];
}

/** The column of a type. If only one type is possible, the label may be `1`, as in BioBERT's rows. */
function columnOf(
  { type }: PossibleRelation,
  possible: readonly PossibleRelation[],
  labels: readonly string[],
): number {
  const named = labels.indexOf(type.name);
  return named === -1 && possible.length === 1 ? labels.indexOf('1') : named;
}

function checkLabels(labels: readonly string[], { types }: RelationSchema): void {
  if (labels.includes('1') || types.some(({ name }) => labels.includes(name))) return;
  throw new UserError(
    `The model has the labels ${labels.join(', ')}, but the relation types are ${types.map(({ name }) => name).join(', ')}.`,
    {
      nextStep:
        'Use the labels of the model as the names of the relation types in chartmark.json, and 0 for "no relation".',
    },
  );
}
