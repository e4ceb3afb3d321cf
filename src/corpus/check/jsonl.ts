import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { UserError } from '../../foundation/userError.ts';
import { type Document, mentionText } from '../document.ts';
import { parseJsonlLine } from '../jsonl.ts';
import { inlineLabels } from '../jsonl/inlineTagged.ts';
import { linesOf } from '../lines.ts';
import { fromUserError, type Problem, type ProblemCode, problemList, unknownLabel } from './problem.ts';

type Report = (code: ProblemCode, message: string, nextStep?: string) => void;

/**
 * Finds records that cannot be read (for example with offsets out of range or broken inline tags), duplicate IDs, and
 * spans with white space at their edges or with words that do not match the text.
 */
export function checkJsonl(source: string, file: string, labels?: readonly string[]): Problem[] {
  const list = problemList(file);
  const seen = new Set<string>();
  const tags = inlineLabels(source);
  let number = 0;
  for (const { start, end } of linesOf(source)) {
    number++;
    const line = source.slice(start, end);
    if (line.trim() === '') continue;
    const place = { line: number, start: 0, end: line.length };
    const report: Report = (code, message, nextStep) => list.add(place, code, message, nextStep);
    try {
      const document = parseJsonlLine(line, { file, number, labels: tags });
      if (document === undefined) continue;
      if (seen.has(document.id)) report('duplicate-id', 'An earlier line has the same ID.');
      seen.add(document.id);
      checkSpans(document, report, labels);
      checkQuotedWords(document, JSON.parse(line) as JsonValue, report);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      list.problems.push(fromUserError(error, file, 'broken-record', line.length + 1));
    }
  }
  return list.problems;
}

function checkSpans(document: Document, report: Report, labels: readonly string[] | undefined): void {
  for (const span of document.spans) {
    const words = mentionText(document.text, span);
    if (words.trim() !== words) report('blank-edge', `The span ${span.id} begins or ends with white space.`);
  }
  if (labels === undefined) return;
  for (const label of new Set(document.spans.map((span) => span.label))) {
    if (!labels.includes(label)) report(...unknownLabel(label, labels));
  }
}

/** Some programs write the words of a span in addition to its offsets. */
function checkQuotedWords(document: Document, record: JsonValue, report: Report): void {
  const items = isJsonObject(record) ? (record['spans'] ?? record['entities']) : undefined;
  if (!Array.isArray(items)) return;
  for (const [index, item] of (items as readonly JsonValue[]).entries()) {
    const span = document.spans[index];
    const quoted = isJsonObject(item) ? item['text'] : undefined;
    if (span === undefined || typeof quoted !== 'string') continue;
    if (quoted !== document.text.slice(span.start, span.end)) {
      report(
        'text-mismatch',
        `The text has different words at the offsets of span ${span.id}.`,
        'Correct the offsets, which count code points.',
      );
    }
  }
}
