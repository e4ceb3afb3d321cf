import { type Document, overlap } from '../corpus/document.ts';
import { lineIndex } from '../corpus/lines.ts';
import { type DocumentRelation, endsKey, type RelatedText, relatedText } from './documentRelation.ts';
import { contextOf, type ErrorList, fairShare } from './errorList.ts';
import { pairDocuments } from './pairDocuments.ts';
import type { DocumentRelationReport, ErrorKind, MarkedText, ReportError } from './report.ts';
import { checkChosenLabels, mostErrors, type ReportOptions, reportParts } from './reportParts.ts';
import { countsOf, type UnitCounts } from './resampling.ts';
import { countKinds, macroOf, scoreOf, scoresByLabel, tallyOf } from './scores.ts';

export interface DocumentRelationOptions extends ReportOptions {
  /** Labels of symmetric relations: head and tail may be exchanged. */
  readonly symmetric?: readonly string[];
}

interface AlignedText {
  readonly text: RelatedText;
  readonly aligned: readonly AlignedRelations[];
}

/**
 * Scores predicted against gold relations between mentions of documents. A relation is right if its label and the start,
 * end and label of both mentions agree ("strict" in Taillé et al., "Let's Stop Incorrect Comparisons in End-to-end
 * Relation Extraction!", EMNLP 2020). Throws `UserError` if a document has no counterpart, texts differ, or none of the
 * chosen labels occurs.
 */
export function evaluateDocumentRelations(
  gold: readonly Document[],
  predicted: readonly Document[],
  options: DocumentRelationOptions,
): DocumentRelationReport {
  const relations = [...gold, ...predicted].flatMap((document) => document.relations);
  checkChosenLabels(
    options.labels,
    relations.map(({ label }) => label),
  );
  const texts = alignedTexts(gold, predicted, options);
  const all = texts.flatMap(({ aligned }) => aligned);
  const types = scoresByLabel(all);
  return {
    task: 're',
    mode: 'strict',
    scheme: 'documents',
    documents: texts.length,
    micro: scoreOf(tallyOf(all)),
    macro: macroOf(Object.values(types)),
    types,
    counts: countKinds(all),
    ...reportParts(options, {
      usualTitle: 'Relation scores',
      unit: 'document',
      counts: unitsOf(texts),
      errors: errorsOf(texts, options.maxErrors),
    }),
  };
}

function errorsOf(texts: readonly AlignedText[], most = mostErrors): ErrorList {
  const errors = texts.flatMap(({ text, aligned }) =>
    aligned.flatMap((pair) => (pair.kind === 'correct' ? [] : [{ text, pair, kind: pair.kind }])),
  );
  const kept = fairShare(errors, most);
  return {
    errors: kept.map(({ text, pair, kind }) => describe(kind, text, pair)),
    leftOut: errors.length - kept.length,
  };
}

/** The counts of each document. Throws `UserError` as `evaluateDocumentRelations` does. */
export function documentRelationUnits(
  gold: readonly Document[],
  predicted: readonly Document[],
  options: Pick<DocumentRelationOptions, 'labels' | 'symmetric'>,
): UnitCounts {
  return unitsOf(alignedTexts(gold, predicted, options));
}

function alignedTexts(
  gold: readonly Document[],
  predicted: readonly Document[],
  { labels, symmetric }: Pick<DocumentRelationOptions, 'labels' | 'symmetric'>,
): readonly AlignedText[] {
  const filter = {
    ...(labels === undefined ? {} : { labels }),
    ...(symmetric === undefined ? {} : { symmetric }),
  };
  return pairDocuments(gold, predicted).map((pair) => {
    const text = relatedText(pair, filter);
    return { text, aligned: alignRelations(text) };
  });
}

function unitsOf(texts: readonly AlignedText[]): UnitCounts {
  return countsOf(texts.map(({ aligned }) => tallyOf(aligned)));
}

function describe(kind: ErrorKind, text: RelatedText, { gold, predicted }: AlignedRelations): ReportError {
  const { document, toGold } = text;
  const ends = [gold, predicted].flatMap((relation) =>
    relation === undefined ? [] : [toGold(relation.head), toGold(relation.tail)],
  );
  const start = Math.min(...ends.map((range) => range.start));
  const end = Math.max(...ends.map((range) => range.end));
  return {
    kind,
    document: document.id,
    line: lineIndex(document.text)(start),
    start,
    end,
    ...(gold === undefined ? {} : { gold: marked(gold, text) }),
    ...(predicted === undefined ? {} : { predicted: marked(predicted, text) }),
    ...contextOf(document.text, start, end),
  };
}

/** `BRCA1 → breast cancer`. */
function marked(
  { label, head, tail, score }: DocumentRelation,
  { document, toGold }: RelatedText,
): MarkedText {
  const text = [head, tail]
    .map(({ start, end }) => {
      const range = toGold({ start, end });
      return document.text.slice(range.start, range.end).replaceAll(/\s+/gu, ' ');
    })
    .join(' → ');
  return { label, text, ...(score === undefined ? {} : { score }) };
}

/** A gold relation, a predicted relation, or a pair of both, and how they compare. */
interface AlignedRelations {
  readonly kind: ErrorKind | 'correct';
  readonly gold?: DocumentRelation;
  readonly predicted?: DocumentRelation;
}

/**
 * Pairs gold with predicted relations, each at most once: equal relations first, then those that join the same mentions
 * with different labels (`type`), then those with the same label whose mentions overlap at both ends (`boundary`).
 */
function alignRelations({ gold, predicted }: RelatedText): readonly AlignedRelations[] {
  const aligned: AlignedRelations[] = [];
  const [missing, extra] = [new Set(gold), new Set(predicted)];
  const pairUp = (
    kind: AlignedRelations['kind'],
    fits: (gold: DocumentRelation, predicted: DocumentRelation) => boolean,
    keyOf: (relation: DocumentRelation) => string,
  ): void => {
    const candidates = Map.groupBy(extra, keyOf);
    for (const wanted of missing) {
      const partner = candidates.get(keyOf(wanted))?.find((guess) => extra.has(guess) && fits(wanted, guess));
      if (partner === undefined) continue;
      aligned.push({ kind, gold: wanted, predicted: partner });
      missing.delete(wanted);
      extra.delete(partner);
    }
  };
  pairUp('correct', (a, b) => a.label === b.label, endsKey);
  pairUp('type', () => true, endsKey);
  pairUp(
    'boundary',
    (a, b) => overlap(a.head, b.head) && overlap(a.tail, b.tail),
    ({ label }) => label,
  );
  return [
    ...aligned,
    ...[...missing].map((relation) => ({ kind: 'missed' as const, gold: relation })),
    ...[...extra].map((relation) => ({ kind: 'spurious' as const, predicted: relation })),
  ];
}
