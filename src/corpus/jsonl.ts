import { UserError } from '../foundation/userError.ts';
import type { Document } from './document.ts';
import { linesOf } from './lines.ts';
import { inlineLabels, TagError } from './jsonl/inlineTagged.ts';
import { parseRecord } from './jsonl/record.ts';
import { documentToRecord } from './jsonl/write.ts';

interface ReadOptions {
  /** For errors; its base name is used for the IDs of records without one. */
  readonly file?: string;
  /** The line number at which the source begins, if it is part of a file or stream. */
  readonly firstLine?: number;
}

/**
 * Reads one document per line, skipping empty lines. In addition to Chartmark's own records, it reads those of Prodigy
 * (except rejected and ignored tasks), those of doccano, and texts with inline tags (see `inlineLabels`). Offsets on disk
 * are code points. Throws `UserError` with the line.
 */
export function parseJsonl(source: string, options: ReadOptions = {}): Document[] {
  const documents: Document[] = [];
  const labels = inlineLabels(source);
  let number = options.firstLine ?? 1;
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    const document =
      line.trim() === '' ? undefined : parseJsonlLine(line, { file: options.file, number, labels });
    if (document !== undefined) documents.push(document);
    number++;
  }
  return documents;
}

/** The place of a line, and the labels of the inline tags in its file. */
interface LineContext {
  readonly file: string | undefined;
  readonly number: number;
  readonly labels: readonly string[];
}

/** Reads one line of a JSONL file; undefined for a Prodigy task that was not accepted. */
export function parseJsonlLine(line: string, { file, number, labels }: LineContext): Document | undefined {
  const name = file?.replaceAll(/^.*[/\\]|\.[^.]*$/gu, '') ?? 'document';
  try {
    return parseRecord(JSON.parse(line), `${name}:${number}`, labels);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    const message =
      error instanceof SyntaxError
        ? 'This line is not valid JSON.'
        : `This record cannot be read: ${error.message}.`;
    throw new UserError(message, {
      place: { file: file ?? 'JSON lines', line: number },
      nextStep:
        error instanceof TagError
          ? 'Close each tag by the same name before the next one opens: <Disease>gout</Disease>.'
          : 'Write one document per line, {"id", "text", "spans": [{"start", "end", "label"}]}, with offsets in code points.',
    });
  }
}

/** One document per line, with offsets in code points. */
export function formatJsonl(documents: readonly Document[]): string {
  return documents.map((document) => `${JSON.stringify(documentToRecord(document))}\n`).join('');
}
