import { UserError } from '../foundation/userError.ts';
import type { Document } from './document.ts';
import { linesOf } from './lines.ts';
import { inlineLabels, TagError } from './jsonl/inlineTagged.ts';
import { parseRecord } from './jsonl/record.ts';
import { documentToRecord } from './jsonl/write.ts';

interface Where {
  /** Named in errors, and by its base name in the ids of records that have none. */
  readonly file?: string;
  /** The number of the source's first line, where it is a part of a stream. */
  readonly firstLine?: number;
}

/**
 * Reads one document a line; empty lines are skipped. Besides Chartmark's own records it takes Prodigy's
 * (tasks that were rejected or ignored are left out), doccano's, and texts with inline tags (see
 * `inlineLabels`). Offsets on disk are code points. Throws `UserError` with the line.
 */
export function parseJsonl(source: string, where: Where = {}): Document[] {
  const documents: Document[] = [];
  const labels = inlineLabels(source);
  let number = where.firstLine ?? 1;
  for (const { start, end } of linesOf(source)) {
    const line = source.slice(start, end);
    const document =
      line.trim() === '' ? undefined : parseJsonlLine(line, { file: where.file, number, labels });
    if (document !== undefined) documents.push(document);
    number++;
  }
  return documents;
}

/** A line's place, and the labels of its file's inline tags. */
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
          ? 'Close each tag by its own name before the next one opens: <Disease>gout</Disease>.'
          : 'Write one document a line, {"id", "text", "spans": [{"start", "end", "label"}]}, offsets in code points.',
    });
  }
}

/** One document a line, offsets in code points. */
export function formatJsonl(documents: readonly Document[]): string {
  return documents.map((document) => `${JSON.stringify(documentToRecord(document))}\n`).join('');
}
