import { type JsonValue, tryParseJson } from '../foundation/json.ts';
import type { Document } from './document.ts';
import { linesOf, lineTexts } from './lines.ts';
import { inlineLabels, TagError } from './jsonl/inlineTagged.ts';
import { mergeAnswers } from './jsonl/mergeAnswers.ts';
import { parseRecord } from './jsonl/record.ts';
import { documentToRecord } from './jsonl/write.ts';
import { isOtherRecord, parseJsonFile } from './otherFormats.ts';
import { type LineContext, strictContext } from './readContext.ts';

interface ReadOptions {
  /** For errors; its base name is used for the IDs of records without one. */
  readonly file?: string;
  /** The line number at which the source begins, if it is part of a file or stream. */
  readonly firstLine?: number;
  /** Where problems are reported; if absent, only errors are, by throwing them. */
  readonly context?: LineContext;
  /** The names of tags that are numbers, in records of other tools. */
  readonly tagNames?: readonly string[] | undefined;
  /** Called for each document with the number of its line. */
  readonly onDocument?: (document: Document, line: number) => void;
}

/**
 * Reads one document per line, skipping empty lines. In addition to Chartmark's own records, it reads those of Prodigy
 * (except rejected and ignored tasks), spaCy and doccano, and texts with inline tags (see `inlineLabels`). Prodigy's
 * records about one text are one document (see `mergeAnswers`). Offsets on disk are code points. Throws `UserError` with
 * the line.
 */
export function parseJsonl(source: string, options: ReadOptions = {}): Document[] {
  const file = options.file ?? options.context?.file;
  const context = options.context ?? strictContext(file ?? 'JSON lines', '');
  const first = firstRecordOf(source);
  if (first.record !== undefined && isOtherRecord({ record: first.record, line: 1 }, context)) {
    return parseJsonFile(source, { ...context, id: nameOf(file) }, { tagNames: options.tagNames });
  }
  const labels = inlineLabels(source);
  const merge = mergeAnswers(context.report);
  const ids = new Set<string>();
  let number = options.firstLine ?? 1;
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    const parsed = line === first.line ? first.record : undefined;
    const document =
      line.trim() === '' ? undefined : readLine(line, { file, number, labels }, context, parsed);
    if (document !== undefined) {
      if (ids.size === ids.add(document.id).size) {
        context.report(number, 'duplicate-id', 'An earlier line has the same ID.');
      }
      options.onDocument?.(document, number);
      merge.add(document, number);
    }
    number++;
  }
  return merge.documents;
}

/** The place of a line, and the labels of the inline tags in its file. */
interface LinePlace {
  readonly file: string | undefined;
  readonly number: number;
  readonly labels: readonly string[];
}

/** Reads one line of a JSONL file; undefined for a Prodigy task that was not accepted. Throws `UserError`. */
export function parseJsonlLine(line: string, place: LinePlace): Document | undefined {
  return readLine(line, place, strictContext(place.file ?? 'JSON lines', ''));
}

function readLine(
  line: string,
  { file, number, labels }: LinePlace,
  { report, fail }: LineContext,
  record?: JsonValue,
): Document | undefined {
  try {
    return parseRecord(record ?? JSON.parse(line), `${nameOf(file)}:${number}`, labels, (...problem) =>
      report(number, ...problem),
    );
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    const message =
      error instanceof SyntaxError
        ? 'This line is not valid JSON.'
        : `This record cannot be read: ${error.message}.`;
    const nextStep =
      error instanceof TagError
        ? 'Close each tag by the same name before the next one opens: <Disease>gout</Disease>.'
        : 'Write one document per line, {"id", "text", "spans": [{"start", "end", "label"}]}, with offsets in code points.';
    fail(number, 'broken-record', message, nextStep);
    return undefined;
  }
}

/** The first line that is not empty, with its record if it is valid JSON. */
function firstRecordOf(source: string): { readonly line?: string; readonly record?: JsonValue | undefined } {
  for (const line of lineTexts(source)) {
    if (line.trim() !== '') return { line, record: tryParseJson(line) };
  }
  return {};
}

/** The name of a file, for the IDs of its records. */
function nameOf(file: string | undefined): string {
  return file?.replaceAll(/^.*[/\\]|\.[^.]*$/gu, '') ?? 'document';
}

/** One document per line, with offsets in code points. */
export function formatJsonl(documents: readonly Document[]): string {
  return documents.map((document) => `${JSON.stringify(documentToRecord(document))}\n`).join('');
}
