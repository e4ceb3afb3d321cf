import { isJsonObject, type JsonValue } from '../../foundation/json.ts';
import { UserError } from '../../foundation/userError.ts';
import { type Document, mentionText } from '../document.ts';
import { parseJsonlLine } from '../jsonl.ts';
import { inlineLabels } from '../jsonl/inlineTagged.ts';
import { linesOf } from '../lines.ts';
import { fromUserError, type Problem, type ProblemCode, problemList } from './problem.ts';

type Complain = (code: ProblemCode, message: string, nextStep?: string) => void;

/** Records that cannot be read (offsets out of range and broken inline tags among them), ids used twice, spans with blanks at their edges or words that do not fit. */
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
    const complain: Complain = (code, message, nextStep) => list.add(place, code, message, nextStep);
    try {
      const document = parseJsonlLine(line, { file, number, labels: tags });
      if (document === undefined) continue;
      if (seen.has(document.id)) complain('duplicate-id', 'This id is used on an earlier line.');
      seen.add(document.id);
      checkSpans(document, complain, labels);
      checkQuotedWords(document, JSON.parse(line) as JsonValue, complain);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      list.problems.push(fromUserError(error, file, 'broken-record', line.length + 1));
    }
  }
  return list.problems;
}

function checkSpans(document: Document, complain: Complain, labels: readonly string[] | undefined): void {
  for (const span of document.spans) {
    const words = mentionText(document.text, span);
    if (words.trim() !== words)
      complain('blank-edge', `The span ${span.id} begins or ends with white space.`);
  }
  if (labels === undefined) return;
  for (const label of new Set(document.spans.map((span) => span.label))) {
    if (labels.includes(label)) continue;
    const nextStep = `Use one of ${labels.join(', ')}, or add the label to chartmark.json.`;
    complain('unknown-label', `The project has no label ${label}.`, nextStep);
  }
}

/** Some programs write a span's words beside its offsets. */
function checkQuotedWords(document: Document, record: JsonValue, complain: Complain): void {
  const items = isJsonObject(record) ? (record['spans'] ?? record['entities']) : undefined;
  if (!Array.isArray(items)) return;
  for (const [index, item] of (items as readonly JsonValue[]).entries()) {
    const span = document.spans[index];
    const quoted = isJsonObject(item) ? item['text'] : undefined;
    if (span === undefined || typeof quoted !== 'string') continue;
    if (quoted !== document.text.slice(span.start, span.end)) {
      complain(
        'text-mismatch',
        `The text has other words at the offsets of span ${span.id}.`,
        'Correct the offsets: they count code points.',
      );
    }
  }
}
