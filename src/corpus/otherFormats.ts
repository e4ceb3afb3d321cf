import { isJsonObject } from '../foundation/json.ts';
import { UserError } from '../foundation/userError.ts';
import type { Document } from './document.ts';
import { looksLikeBiocXml, parseBiocXml } from './formats/bioc/xml.ts';
import { looksLikeConllu, parseConllu } from './formats/conllu/read.ts';
import { parseCsv } from './formats/csv/read.ts';
import { looksLikeCsv } from './formats/csv/table.ts';
import { type JsonRecord, jsonRecords } from './formats/json/records.ts';
import { brokenRecord } from './formats/json/record.ts';
import { looksLikeJson, parseJson, readForeign } from './formats/jsonTools/read.ts';
import { looksLikePubtator, parsePubtator } from './formats/pubtator/read.ts';
import { looksLikeWebanno, parseWebanno } from './formats/webanno/read.ts';
import { parseRecord } from './jsonl/record.ts';
import type { ReadContext } from './readContext.ts';
import { readingNotes } from './readingNotes.ts';

interface OtherOptions {
  /** The names of tags that are numbers, in their order. */
  readonly tagNames?: readonly string[] | undefined;
}

/** A format of another tool, in which a file holds its texts and their annotations. */
interface OtherFormat {
  readonly name: string;
  /** Whether the first part of a file (at most `headLength` characters) can only be this format. */
  readonly looksLike: (head: string) => boolean;
  readonly parse: (source: string, context: ReadContext, options: OtherOptions) => Document[];
}

/** In UTF-16 units. */
const headLength = 65_536;

const formats: readonly OtherFormat[] = [
  { name: 'WebAnno TSV', looksLike: looksLikeWebanno, parse: parseWebanno },
  { name: 'PubTator', looksLike: looksLikePubtator, parse: parsePubtator },
  { name: 'BioC XML', looksLike: looksLikeBiocXml, parse: parseBiocXml },
  { name: 'CoNLL-U', looksLike: looksLikeConllu, parse: parseConllu },
  { name: 'a table of mentions', looksLike: looksLikeCsv, parse: parseCsv },
  { name: 'JSON', looksLike: looksLikeJson, parse: parseJsonFile },
];

/** The format of another tool that a file has; undefined if it has none of them. */
export function otherFormat(source: string): OtherFormat | undefined {
  const head = source.slice(0, headLength);
  return formats.find(({ looksLike }) => looksLike(head));
}

/** The documents of a JSON or JSONL file with records of other tools or Chartmark's own. Throws `UserError`. */
export function parseJsonFile(source: string, context: ReadContext, { tagNames }: OtherOptions): Document[] {
  return parseJson(source, context, {
    tagNames,
    readOwn({ record, line }, id) {
      try {
        return parseRecord(record, id, [], (code, message, nextStep) =>
          context.report(line, code, message, nextStep),
        );
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw brokenRecord(
          context.file,
          line,
          error.message,
          'Write {"id", "text", "spans": [{"start", "end", "label"}]}, with offsets in code points.',
        );
      }
    },
  });
}

/** Whether a JSON file holds annotated texts, and not settings or a report, for example. */
export function isAnnotatedJson(source: string, context: ReadContext): boolean {
  try {
    const [first] = jsonRecords(source, context);
    if (first === undefined) return false;
    return (
      isOtherRecord(first, context) ||
      (isJsonObject(first.record) && typeof first.record['text'] === 'string')
    );
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Whether a record is one of another tool. */
export function isOtherRecord(record: JsonRecord, { file }: ReadContext): boolean {
  try {
    return readForeign(record, readingNotes({ file, report: () => {} })) !== undefined;
  } catch (error) {
    // It is of the other tool, and cannot be read.
    if (error instanceof UserError) return true;
    throw error;
  }
}
