import { UserError } from '../../../foundation/userError.ts';
import type { Attribute, Document } from '../../document.ts';
import { linesOf } from '../../lines.ts';
import { type MentionDraft, placeMentions } from '../../placeMentions.ts';
import type { ReadContext } from '../../readContext.ts';
import { readingNotes, type ReadingNotes } from '../../readingNotes.ts';
import { type ConceptRelation, conceptAttribute, joinConcepts } from '../conceptRelations.ts';
import { nameDocuments, type UnnamedDocument } from '../nameDocuments.ts';

/** `100|t|Title` or `100|a|Abstract`. */
const textLine = /^([^|\t]{1,200})\|([ta])\|/u;

/** Whether the first line with content is the title or abstract of a PubTator document. */
export function looksLikePubtator(head: string): boolean {
  return textLine.test(head.trimStart().slice(0, 300));
}

/** The name of the attribute with the parts of a composite mention ("breast and ovarian cancer"). */
export const partsAttribute = 'parts';

interface Draft {
  readonly id: string;
  title: string;
  abstract: string;
  readonly mentions: MentionDraft[];
  readonly attributes: Attribute[];
  readonly relations: ConceptRelation[];
}

/**
 * Reads PubTator: a title and an abstract, mentions with their concepts, and relations of concepts (BC5CDR, BioRED,
 * PubTator Central). The text is the title, a line end and the abstract. The concept of a mention is its attribute
 * `concept`. A relation joins all mentions of its two concepts; `meta.conceptRelations` keeps it as it is written.
 * Throws `UserError` with the line.
 */
export function parsePubtator(source: string, context: ReadContext): Document[] {
  const drafts: Draft[] = [];
  let number = 0;
  for (const { start, end } of linesOf(source)) {
    number++;
    const line = source.slice(start, end);
    if (line.trim() === '') continue;
    const [prefix, id, part] = textLine.exec(line) ?? [];
    if (prefix === undefined || id === undefined) {
      readRow(line.split('\t'), drafts.at(-1), context.file, number);
    } else {
      addText(drafts, id.trim(), part === 't', line.slice(prefix.length));
    }
  }
  const notes = readingNotes(context);
  const documents = drafts.map((draft) => finish(draft, notes));
  notes.report();
  return nameDocuments(documents, context);
}

function addText(drafts: Draft[], id: string, isTitle: boolean, text: string): void {
  const last = drafts.at(-1);
  if (!isTitle && last?.id === id && last.abstract === '' && last.mentions.length === 0) last.abstract = text;
  else
    drafts.push({
      id,
      title: isTitle ? text : '',
      abstract: isTitle ? '' : text,
      mentions: [],
      attributes: [],
      relations: [],
    });
}

function readRow(columns: readonly string[], draft: Draft | undefined, file: string, line: number): void {
  const [id, second = '', third = '', fourth = '', fifth = '', concept = '', parts = ''] = columns.map(
    (column) => column.trim(),
  );
  if (columns.length < 4 || draft === undefined || id !== draft.id) {
    throw broken('it is neither a text, a mention nor a relation of the text above it', file, line);
  }
  const isMention = /^\d{1,15}$/u.test(second) && /^\d{1,15}$/u.test(third) && columns.length > 4;
  if (!isMention) {
    if (second === '' || third === '' || fourth === '') throw broken('a column is empty', file, line);
    const more = columns.slice(4).map((column) => column.trim());
    draft.relations.push({
      label: second,
      head: third,
      tail: fourth,
      more,
      line,
    });
    return;
  }
  if (fifth === '') throw broken('the mention has no type', file, line);
  const target = `T${draft.mentions.length + 1}`;
  const range = { start: Number(second), end: Number(third) };
  draft.mentions.push({ id: target, label: fifth, ranges: [range], words: columns[3], line });
  for (const [name, value] of [
    [conceptAttribute, concept],
    [partsAttribute, parts],
  ] as const) {
    if (value !== '') draft.attributes.push({ id: `A${draft.attributes.length + 1}`, target, name, value });
  }
}

function finish(draft: Draft, notes: ReadingNotes): UnnamedDocument {
  const text = draft.abstract === '' ? draft.title : `${draft.title}\n${draft.abstract}`;
  const spans = placeMentions(text, draft.mentions, notes);
  const { relations, meta } = joinConcepts(draft.relations, spans, draft.attributes, notes);
  return { id: draft.id, text, spans, relations, attributes: draft.attributes, meta };
}

function broken(reason: string, file: string, line: number): UserError {
  return new UserError(`This line of a PubTator file cannot be read: ${reason}.`, {
    place: { file, line },
    nextStep:
      'A mention is "ID<TAB>start<TAB>end<TAB>words<TAB>type<TAB>concept", a relation "ID<TAB>type<TAB>concept<TAB>concept".',
  });
}
