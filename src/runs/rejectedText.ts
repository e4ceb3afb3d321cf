import { isJsonObject, type JsonObject } from '../foundation/json.ts';
import { UserError } from '../foundation/userError.ts';

/** A line of rejected.jsonl: the text as it came, tags and all, and whether its pair is related where that was said. */
export function rejectedLine(record: {
  reason: string;
  detail: string;
  text: string;
  related?: boolean | undefined;
  request: number;
}): string {
  const ordered: JsonObject = {
    reason: record.reason,
    detail: record.detail,
    text: record.text,
    ...(record.related === undefined ? {} : { related: record.related }),
    request: record.request,
  };
  return `${JSON.stringify(ordered)}\n`;
}

/** A text that a run rejected, as a line of rejected.jsonl has it. */
interface RejectedText {
  readonly reason: string;
  readonly detail: string;
  readonly text: string;
  readonly related?: boolean;
  readonly request: number;
}

/** Reads a line of rejected.jsonl. Throws `UserError`. */
export function parseRejectedLine(line: string, file: string, number: number): RejectedText {
  try {
    const value: unknown = JSON.parse(line);
    if (isJsonObject(value) && typeof value['text'] === 'string') return value as unknown as RejectedText;
  } catch {
    // Said below.
  }
  throw new UserError('This line is no rejected text.', {
    place: { file, line: number },
    nextStep: 'Restore the file.',
  });
}
