import { isJsonObject, tryParseJson } from '../foundation/json.ts';
import { UserError } from '../foundation/userError.ts';
import type { TextRange } from './document.ts';
import { hasRanges, TagError } from './jsonl/inlineTagged.ts';
import { linesOf } from './lines.ts';
import { closingTagNames, parseInlineTags } from './tagged/inlineTags.ts';

/** A sentence with two masked or marked mentions, and the relation that it states. */
export interface RelationRow {
  readonly text: string;
  /** `"0"` means no relation. */
  readonly label: string;
  /** A probability. */
  readonly score?: number;
  /** The mentions, in text order, if known; files do not contain them. */
  readonly ends?: readonly [TextRange, TextRange];
  /** The document that the row was made from, if known; files do not contain it. */
  readonly documentId?: string;
}

interface ReadOptions {
  readonly file?: string;
}

/** The columns of each field. */
interface Layout {
  readonly text: number;
  readonly label: number;
  readonly score?: number;
  /** 1 if the first line names the columns, otherwise 0. */
  readonly header: number;
}

/**
 * Reads BioBERT's format, `sentence<TAB>label` (with or without a header, a leading index or a trailing score), or JSON
 * lines `{"text","label","score"?}`, whose text may tag the pair inline. Empty lines are skipped. Throws `UserError` with
 * the line.
 */
export function parseRelationRows(source: string, options: ReadOptions = {}): RelationRow[] {
  const lines = [...linesOf(source)].map(({ start, end }) => source.slice(start, end));
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const fail = (number: number, message: string): UserError =>
    new UserError(message, {
      place: { file: options.file ?? 'relation rows', line: number },
      nextStep: 'Write each row as a sentence, a tab and its label.',
    });
  if (filled[0]?.line.trimStart().startsWith('{')) {
    return filled.map(({ line, number }) => parseJsonRow(line, (message) => fail(number, message)));
  }
  const cells = filled.map(({ line }) => line.split('\t'));
  const layout = findLayout(cells);
  return filled.slice(layout.header).map(({ number }, index) => {
    const row = cells[index + layout.header] ?? [];
    return parseRow(row, layout, (message) => fail(number, message));
  });
}

/** Whether JSON lines are relation rows: the first one then has a single label for its whole text. */
export function isJsonRows(source: string): boolean {
  const record = tryParseJson(/\S.*/u.exec(source)?.[0] ?? '');
  return (
    isJsonObject(record) &&
    typeof record['text'] === 'string' &&
    ['string', 'number'].includes(typeof record['label']) &&
    !hasRanges(record)
  );
}

/** One row per line, `sentence<TAB>label`, with the score, if any, as a third column. */
export function formatRelationRows(rows: readonly RelationRow[]): string {
  return rows
    .map(({ text, label, score }) => {
      const columns = [text, label, ...(score === undefined ? [] : [String(score)])];
      return `${columns.map((column) => column.replaceAll(/[\t\r\n]+/gu, ' ')).join('\t')}\n`;
    })
    .join('');
}

function findLayout(cells: readonly (readonly string[])[]): Layout {
  const names = cells[0]?.map((cell) => cell.trim().toLowerCase()) ?? [];
  const text = names.findIndex((name) => name === 'sentence' || name === 'text');
  const label = names.findIndex((name) => name === 'label' || name === 'relation');
  if (text !== -1 && label !== -1) {
    const score = names.indexOf('score');
    return { text, label, header: 1, ...(score === -1 ? {} : { score }) };
  }
  const wide = cells.filter((row) => row.length >= 3).length * 2 > cells.length;
  if (!wide) return { text: 0, label: 1, header: 0 };
  const indexed =
    cells.filter((row) => (row[1]?.length ?? 0) > (row[0]?.length ?? 0)).length * 2 > cells.length;
  return indexed ? { text: 1, label: 2, header: 0 } : { text: 0, label: 1, score: 2, header: 0 };
}

function parseRow(row: readonly string[], layout: Layout, fail: (message: string) => UserError): RelationRow {
  const text = row[layout.text]?.trim() ?? '';
  const label = row[layout.label]?.trim() ?? '';
  if (text === '') throw fail('The sentence of this row is empty.');
  if (label === '') throw fail('This row has no label.');
  const score = layout.score === undefined ? undefined : row[layout.score]?.trim();
  return makeRow(text, label, score === undefined || score === '' ? undefined : Number(score), fail);
}

function parseJsonRow(line: string, fail: (message: string) => UserError): RelationRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw fail('This line is not valid JSON.');
  }
  const { text, label, score } = isJsonObject(value) ? value : {};
  if (typeof text !== 'string' || text === '') throw fail('This row has no "text".');
  if (typeof label !== 'string' && typeof label !== 'number') throw fail('This row has no "label".');
  if (score !== undefined && typeof score !== 'number') throw fail('The score is not a number.');
  return makeRow(masked(text, fail), String(label), score, fail);
}

function masked(text: string, fail: (message: string) => UserError): string {
  try {
    return maskTaggedPair(text);
  } catch (error) {
    if (error instanceof TagError) throw fail(`The tags of this row cannot be read: ${error.message}.`);
    throw error;
  }
}

function makeRow(
  text: string,
  label: string,
  score: number | undefined,
  fail: (message: string) => UserError,
): RelationRow {
  if (score === undefined) return { text, label };
  if (!(score >= 0 && score <= 1)) throw fail('The score is not a number from 0 to 1.');
  return { text, label, score };
}

/**
 * Replaces the two tagged mentions of a relation sentence by masks (`<Gene>TNF</Gene>` by `@GENE$`). A text without
 * closing tags stays the same. Throws `TagError` if the tags are broken or there are not exactly two.
 */
function maskTaggedPair(tagged: string): string {
  const labels = closingTagNames(tagged);
  if (labels.length === 0) return tagged;
  const result = parseInlineTags(tagged, labels, 'keep as text');
  if (!result.ok) throw new TagError(result.detail);
  const [first, second] = result.mentions;
  if (first === undefined || second === undefined || result.mentions.length > 2) {
    throw new TagError(`a pair has two tagged mentions, not ${result.mentions.length}`);
  }
  const { text } = result;
  return (
    text.slice(0, first.start) +
    mask(first.label) +
    text.slice(first.end, second.start) +
    mask(second.label) +
    text.slice(second.end)
  );
}

function mask(label: string): string {
  return `@${label.toUpperCase()}$`;
}
