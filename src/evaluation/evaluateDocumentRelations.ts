import type { Document } from '../corpus/document.ts';
import { checkAskedLabels } from './askedLabels.ts';
import { alignRelations, type AlignedRelations } from './alignRelations.ts';
import { type DocumentRelation, type RelatedText, relatedText } from './documentRelation.ts';
import { contextOf, fairShare } from './errorList.ts';
import { intervalLevel, type ReportOptions } from './evaluateMentions.ts';
import { lineIndex } from './lineIndex.ts';
import { pairDocuments } from './pairDocuments.ts';
import type { DocumentRelationReport, ErrorKind, MarkedText, ReportError } from './report.ts';
import { bootstrapF1, type UnitCounts, unitCounts } from './resampling.ts';
import { addTallies, macroOf, type Score, scoreOf, type Tally } from './scores.ts';

export interface DocumentRelationOptions extends ReportOptions {
  /** Labels of relations whose ends may be exchanged. */
  readonly symmetric?: readonly string[];
}

interface AlignedText {
  readonly text: RelatedText;
  readonly aligned: readonly AlignedRelations[];
}

/**
 * Scores of predicted against gold relations between the mentions of documents, strictly: label, head and tail
 * must agree, of these start, end and label ("strict" of Taillé et al., "Let's Stop Incorrect Comparisons in
 * End-to-end Relation Extraction!", EMNLP 2020). Throws `UserError` when documents have no counterpart, texts
 * differ, or no label asked for appears.
 */
export function evaluateDocumentRelations(
  gold: readonly Document[],
  predicted: readonly Document[],
  options: DocumentRelationOptions,
): DocumentRelationReport {
  const { seed = 1, resamples = 1000, maxErrors = 1000, labels } = options;
  checkAskedLabels(
    labels,
    new Set([...gold, ...predicted].flatMap(({ relations }) => relations.map(({ label }) => label))),
  );
  const texts = alignedTexts(gold, predicted, options);
  const all = texts.flatMap(({ aligned }) => aligned);
  const types = scoresByLabel(all);
  const counts = unitsOf(texts);
  const errors = texts.flatMap(({ text, aligned }) =>
    aligned.flatMap((pair) => (pair.kind === 'correct' ? [] : [{ text, pair, kind: pair.kind }])),
  );
  const kept = fairShare(errors, maxErrors);
  const count = (kind: ErrorKind | 'correct'): number => all.filter((pair) => pair.kind === kind).length;
  return {
    task: 're',
    title: options.title ?? 'Relation scores',
    created: options.created,
    sources: options.sources ?? { gold: [], predicted: [] },
    mode: 'strict',
    scheme: 'documents',
    ...(labels === undefined ? {} : { labels }),
    documents: texts.length,
    micro: scoreOf(tallyOf(all)),
    macro: macroOf(Object.values(types)),
    types,
    interval: {
      f1: bootstrapF1(counts, { resamples, seed, level: intervalLevel }),
      level: intervalLevel,
      resamples,
      unit: 'document',
      units: texts.length,
      seed,
    },
    counts: {
      correct: count('correct'),
      missed: count('missed'),
      spurious: count('spurious'),
      type: count('type'),
      boundary: count('boundary'),
    },
    errors: kept.map(({ text, pair, kind }) => describe(kind, text, pair)),
    errorsLeftOut: errors.length - kept.length,
  };
}

/** The counts of each document, to resample or to swap. Throws `UserError` as `evaluateDocumentRelations`. */
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

function tallyOf(aligned: readonly AlignedRelations[]): Tally {
  return {
    correct: aligned.filter(({ kind }) => kind === 'correct').length,
    predicted: aligned.filter(({ predicted }) => predicted !== undefined).length,
    gold: aligned.filter(({ gold }) => gold !== undefined).length,
  };
}

function scoresByLabel(aligned: readonly AlignedRelations[]): Record<string, Score> {
  const tallies = new Map<string, Tally>();
  const add = (label: string | undefined, tally: Partial<Tally>): void => {
    if (label === undefined) return;
    const none = { correct: 0, predicted: 0, gold: 0 };
    tallies.set(label, addTallies([tallies.get(label) ?? none, { ...none, ...tally }]));
  };
  for (const { kind, gold, predicted } of aligned) {
    add(gold?.label, { gold: 1, correct: kind === 'correct' ? 1 : 0 });
    add(predicted?.label, { predicted: 1 });
  }
  return Object.fromEntries(
    [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, tally]) => [label, scoreOf(tally)]),
  );
}

function unitsOf(texts: readonly AlignedText[]): UnitCounts {
  const counts = unitCounts(texts.length);
  for (const [unit, { aligned }] of texts.entries()) {
    const { correct, predicted, gold } = tallyOf(aligned);
    counts.correct[unit] = correct;
    counts.predicted[unit] = predicted;
    counts.gold[unit] = gold;
  }
  return counts;
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
