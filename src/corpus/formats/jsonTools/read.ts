import { isJsonObject, type JsonValue } from '../../../foundation/json.ts';
import type { Document } from '../../document.ts';
import type { ReadContext } from '../../readContext.ts';
import { type ReadingNotes, readingNotes } from '../../readingNotes.ts';
import { isLabelStudioMin, readLabelStudioMin } from '../labelStudio/min.ts';
import { isLabelStudioTask, readLabelStudioTask } from '../labelStudio/task.ts';
import { nameDocuments, type UnnamedDocument } from '../nameDocuments.ts';
import { isDoccanoAnnotations, readDoccanoAnnotations } from './doccano.ts';
import { isGliner, readGliner } from './gliner.ts';
import { documentOf, isHuggingFace, readHuggingFace } from './huggingFace.ts';
import { isBiocDocument, readBiocDocument } from '../bioc/json.ts';
import { type JsonRecord, jsonRecords } from '../json/records.ts';
import { isSpacyDocument, isSpacyExample, readSpacyDocument, readSpacyExample } from './spacy.ts';
import { isSpacyTraining, readSpacyTraining } from './spacyTraining.ts';

interface JsonOptions {
  /** The names of tags that are numbers, in their order. */
  readonly tagNames?: readonly string[] | undefined;
  /**
   * Reads the records that are not of another tool (Chartmark's own, Prodigy's, doccano's); undefined for a record that
   * is left out. `id` is the one to use if the record has none. Throws `UserError` with the line.
   */
  readonly readOwn: (record: JsonRecord, id: string, notes: ReadingNotes) => Document | undefined;
}

/** Whether a file is JSON: an object or an array. A note may begin with a bracket, but not like this. */
export function looksLikeJson(head: string): boolean {
  const start = head
    .slice(0, 1000)
    .replace(/^\uFEFF/u, '')
    .trimStart();
  return /^(?:\{\s{0,200}(?:"|\}\s*$)|\[\s{0,200}(?:[{"]|\[\s{0,200}["\]{]|\]\s*$))/u.test(start);
}

/**
 * The documents of a JSON or JSONL source in any of its forms (see `jsonRecords`), with records of Label Studio, doccano,
 * spaCy, Hugging Face, GLiNER and BioC. Throws `UserError` with the line.
 */
export function parseJson(source: string, context: ReadContext, options: JsonOptions): Document[] {
  const records = jsonRecords(source, context);
  const notes = readingNotes(context);
  const documents: UnnamedDocument[] = [];
  for (let index = 0; index < records.length; index++) {
    const item = records[index] as JsonRecord;
    const sentences = sentencesFrom(records, index);
    index += Math.max(0, sentences.length - 1);
    if (sentences.length > 0) {
      documents.push(readHuggingFace(sentences, notes, options.tagNames));
      continue;
    }
    const foreign = readForeign(item, notes, options.tagNames);
    const id = records.length === 1 ? context.id : `${context.id}-${index + 1}`;
    const document = foreign ?? options.readOwn(item, id, notes);
    if (document !== undefined) documents.push(document);
  }
  notes.report();
  return nameDocuments(documents, context);
}

/** Reads a record of another tool; undefined if it is not one. Does not report: the caller calls `notes.report`. */
export function readForeign(
  { record, line }: JsonRecord,
  notes: ReadingNotes,
  tagNames?: readonly string[],
): UnnamedDocument | undefined {
  if (isLabelStudioTask(record)) return readLabelStudioTask(record, line, notes);
  if (isDoccanoAnnotations(record)) return readDoccanoAnnotations(record, line, notes);
  if (isBiocDocument(record)) return readBiocDocument(record, line, notes);
  if (isSpacyTraining(record)) return readSpacyTraining(record, line, notes);
  if (isSpacyExample(record)) return readSpacyExample(record, line, notes);
  if (isGliner(record)) return readGliner(record, line, notes);
  if (isHuggingFace(record)) return readHuggingFace([{ record, line }], notes, tagNames);
  if (isLabelStudioMin(record)) return readLabelStudioMin(record, line, notes);
  if (isSpacyDocument(record)) return readSpacyDocument(record, line, notes);
  return undefined;
}

/** The records from `from` on that are sentences of one document, as Chartmark writes them; otherwise none. */
function sentencesFrom(records: readonly JsonRecord[], from: number): readonly JsonRecord[] {
  const name = documentName(records[from]?.record);
  if (name === undefined) return [];
  let to = from + 1;
  while (to < records.length && documentName(records[to]?.record) === name) to++;
  return records.slice(from, to);
}

function documentName(record: JsonValue | undefined): string | undefined {
  return isJsonObject(record) && isHuggingFace(record) ? documentOf(record) : undefined;
}
