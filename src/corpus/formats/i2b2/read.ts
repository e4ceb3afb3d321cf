import { UserError } from '../../../foundation/userError.ts';
import type { Attribute, Document, Relation } from '../../document.ts';
import { linesOf } from '../../lines.ts';
import { codePointOffsets } from '../../offsets.ts';
import { type MentionDraft, placeMentions } from '../../placeMentions.ts';
import type { ReadContext } from '../../readContext.ts';
import { readingNotes, type ReadingNotes } from '../../readingNotes.ts';
import { nameDocuments } from '../nameDocuments.ts';
import { type Field, parseFields, type TokenPlace } from './line.ts';
import { placeFinder } from './places.ts';

/** A file beside the text. */
interface Companion {
  readonly file: string;
  readonly source: string;
}

/** The annotations of a text: concepts, assertions about them, and relations between them. */
export interface I2b2Companions {
  readonly con?: Companion | undefined;
  readonly ast?: Companion | undefined;
  readonly rel?: Companion | undefined;
}

/** Whether a file holds annotations of i2b2 (`.con`, `.ast` or `.rel`): `c="fever" 3:4 3:4||t="problem"`. */
export function looksLikeI2b2(head: string): boolean {
  const [line] = linesOf(head.trimStart());
  if (line === undefined) return false;
  const fields = parseFields(head.trimStart().slice(line.start, Math.min(line.end, 4000)));
  return fields?.[0]?.place !== undefined;
}

/** A line of annotations and its place. */
interface FieldLine {
  readonly fields: readonly Field[];
  readonly file: string;
  readonly line: number;
}

/**
 * Reads a text with its i2b2 annotations (challenges of 2010, also the `.extent` files of 2012 as `con`). A concept is a
 * mention with its `t` as the label; in other files, the key is the label and the fields without a place are attributes.
 * An assertion becomes the attribute `assertion` of its concept. Throws `UserError` with file and line.
 */
export function parseI2b2(text: string, companions: I2b2Companions, context: ReadContext): Document[] {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const { con, ast, rel } = companions;
  const notes = readingNotes(context);
  const [concepts, assertions, relations] = [con, ast, rel].map((companion) => readLines(companion));
  const mentions = (concepts ?? []).length > 0 ? (concepts ?? []) : (assertions ?? []);
  const find = placeFinder(
    plain,
    mentions.flatMap(({ fields }) => fields),
  );
  const offsets = codePointOffsets(plain);
  const drafts: MentionDraft[] = [];
  const attributes: Attribute[] = [];
  const ids = new Map<string, string>();
  for (const { fields, line } of mentions) {
    const type = fields.find(({ key }) => key === 't')?.value;
    const first = `T${drafts.length + 1}`;
    for (const { key, value, place } of fields) {
      if (place === undefined) {
        if (key !== 't' && key !== 'a') addAttribute(attributes, first, key, value);
        continue;
      }
      const id = `T${drafts.length + 1}`;
      const { start, end } = find(place);
      const range = { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) };
      const label = key === 'c' ? (type ?? 'concept') : key;
      drafts.push({ id, label, ranges: [range], words: value, line });
      if (!ids.has(keyOf(place))) ids.set(keyOf(place), id);
    }
  }
  addAssertions(assertions ?? [], ids, attributes, notes);
  const file = mentions[0]?.file ?? context.file;
  const spans = placeMentions(plain, drafts, { file, moved: notes.moved });
  const read = {
    text: plain,
    spans,
    relations: toRelations(relations ?? [], ids, notes),
    attributes,
    meta: {},
  };
  notes.report();
  return nameDocuments([read], context);
}

function readLines(companion: Companion | undefined): readonly FieldLine[] {
  if (companion === undefined) return [];
  const { file, source } = companion;
  return Array.from(linesOf(source), ({ start, end }, index): FieldLine | undefined => {
    const text = source.slice(start, end);
    if (text.trim() === '') return undefined;
    const fields = parseFields(text);
    if (fields?.[0]?.place !== undefined) return { fields, file, line: index + 1 };
    throw new UserError('This line is not an annotation of i2b2.', {
      place: { file, line: index + 1 },
      nextStep: 'A line is c="words" line:token line:token||t="type". Correct the line, or remove it.',
    });
  }).filter((line) => line !== undefined);
}

function keyOf({ first, last }: TokenPlace): string {
  return `${first.line}:${first.token} ${last.line}:${last.token}`;
}

function addAttribute(attributes: Attribute[], target: string, name: string, value: string): void {
  attributes.push({ id: `A${attributes.length + 1}`, target, name, value });
}

function addAssertions(
  lines: readonly FieldLine[],
  ids: ReadonlyMap<string, string>,
  attributes: Attribute[],
  notes: ReadingNotes,
): void {
  for (const { fields, line } of lines) {
    const place = fields[0]?.place;
    const target = place === undefined ? undefined : ids.get(keyOf(place));
    const assertion = fields.find(({ key }) => key === 'a');
    if (target === undefined || assertion === undefined)
      notes.leftOut(line, 'assertion without its concept', 'assertions without their concepts');
    else addAttribute(attributes, target, 'assertion', assertion.value);
  }
}

function toRelations(
  lines: readonly FieldLine[],
  ids: ReadonlyMap<string, string>,
  notes: ReadingNotes,
): Relation[] {
  const relations: Relation[] = [];
  for (const { fields, line } of lines) {
    const [head, tail] = fields.flatMap(({ place }) => (place === undefined ? [] : [ids.get(keyOf(place))]));
    const label = fields.find(({ key }) => key === 'r')?.value;
    if (head === undefined || tail === undefined || label === undefined || label === '') {
      notes.leftOut(line, 'relation without its concepts', 'relations without their concepts');
      continue;
    }
    relations.push({ id: `R${relations.length + 1}`, head, tail, label, source: 'human' });
  }
  return relations;
}
