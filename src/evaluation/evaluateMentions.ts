import type { Document } from '../corpus/document.ts';
import { listErrors } from './errorList.ts';
import { countsByUnit } from './mentionUnits.ts';
import { pairDocuments } from './pairDocuments.ts';
import { countPartial, emptyPartialCounts, partialScoreOf } from './partial.ts';
import type { EntityReport, MatchMode } from './report.ts';
import { checkChosenLabels, mostErrors, type ReportOptions, reportParts } from './reportParts.ts';
import { needsBegin } from './strictMentions.ts';
import { type ScoredText, scoreText } from './scoredText.ts';
import { countKinds, macroOf, scoreOf, scoresByLabel, tallyOf } from './scores.ts';

export interface EvaluateOptions extends ReportOptions {
  /** Default `strict`. */
  readonly mode?: MatchMode;
  /** The scheme of the tags, or `spans` (the default). In `IOB1` and `IO`, a strict mention may begin with `I-`. */
  readonly scheme?: string;
}

/**
 * Scores predicted against gold mentions by exact match: start, end and label must agree. Throws `UserError` if a
 * document has no counterpart, texts differ, or none of the chosen labels occurs.
 */
export function evaluateMentions(
  gold: readonly Document[],
  predicted: readonly Document[],
  options: EvaluateOptions,
): EntityReport {
  const { mode = 'strict', scheme = 'spans', maxErrors = mostErrors } = options;
  const spans = [...gold, ...predicted].flatMap((document) => document.spans);
  checkChosenLabels(
    options.labels,
    spans.map(({ label }) => label),
  );
  const texts = scoreTexts(gold, predicted, options);
  const aligned = texts.flatMap(({ alignments }) => alignments);
  const types = scoresByLabel(aligned);
  return {
    task: 'ner',
    mode,
    scheme,
    documents: texts.length,
    micro: scoreOf(tallyOf(aligned)),
    macro: macroOf(Object.values(types)),
    types,
    partial: partialScores(texts),
    counts: countKinds(aligned),
    ...reportParts(options, {
      usualTitle: 'Entity scores',
      ...countsByUnit(texts),
      errors: listErrors(texts, maxErrors),
    }),
  };
}

/** Pairs and compares all documents. Throws `UserError` as `evaluateMentions` does. */
export function scoreTexts(
  gold: readonly Document[],
  predicted: readonly Document[],
  { labels, mode = 'strict', scheme = 'spans' }: Pick<EvaluateOptions, 'labels' | 'mode' | 'scheme'>,
): ScoredText[] {
  const filter = {
    labels: labels === undefined ? undefined : new Set(labels),
    strictBegin: needsBegin(mode, scheme),
  };
  return pairDocuments(gold, predicted).map((pair) => scoreText(pair, filter));
}

function partialScores(texts: readonly ScoredText[]): EntityReport['partial'] {
  const counts = emptyPartialCounts();
  for (const { gold, predicted } of texts) countPartial(counts, gold, predicted);
  return {
    strict: partialScoreOf(counts.strict),
    exact: partialScoreOf(counts.exact),
    partial: partialScoreOf(counts.partial),
    type: partialScoreOf(counts.type),
  };
}
