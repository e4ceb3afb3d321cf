import type { Attribute, Document, TextRange } from '../document.ts';
import { takeFreeId } from '../freeId.ts';
import { codePointOffsets } from '../offsets.ts';
import { joinParts, lineEnds, splitAtLineEnds } from '../parts.ts';

/** The standoff lines of a document, without line ends, by their IDs on disk. */
export interface Composed {
  readonly lines: ReadonlyMap<string, string>;
  /** What a line says, in a form that can be compared with the line in the file. */
  readonly meanings: ReadonlyMap<string, string>;
}

/**
 * Writes a document as standoff lines. IDs that brat does not accept are replaced (it requires a number after `T` for a
 * span, `R` for a relation, and `A` or `M` for an attribute), except those in `known`, which the original file has. A relation or attribute whose target does not exist is left
 * out.
 */
export function composeLines(document: Document, known: ReadonlySet<string>): Composed {
  const lines = new Map<string, string>();
  const meanings = new Map<string, string>();
  const add = (id: string, meaning: string, tail: string): void => {
    lines.set(id, `${id}\t${meaning}${tail}`);
    meanings.set(id, meaning);
  };
  const offsets = codePointOffsets(document.text);
  const shift = document.standoff?.shift ?? 0;
  const toDisk = ({ start, end }: TextRange): TextRange => ({
    start: offsets.toCodePoint(start) + shift,
    end: offsets.toCodePoint(end) + shift,
  });
  const spanIds = diskIds(document.spans, 'T', /^T\d+$/u, known);
  for (const span of document.spans) {
    const id = spanIds.get(span.id) ?? span.id;
    const ranges = joinParts(document.text, span.fragments ?? [span]);
    const parts = ranges.flatMap((range) => splitAtLineEnds(document.text, range));
    // brat's own reader compares the words with the parts, joined by a space.
    const words = parts
      .map(({ start, end }) => document.text.slice(start, end).replaceAll(lineEnds, ' '))
      .join(' ');
    lines.set(id, `${id}\t${spanMeaning(span.label, parts.map(toDisk))}\t${words}`);
    meanings.set(id, spanMeaning(span.label, ranges.map(toDisk)));
  }
  const relationIds = diskIds(document.relations, 'R', /^R\d+$/u, known);
  for (const relation of document.relations) {
    const [head, tail] = [spanIds.get(relation.head), spanIds.get(relation.tail)];
    const id = relationIds.get(relation.id) ?? relation.id;
    if (head !== undefined && tail !== undefined)
      add(id, relationMeaning(oneWord(relation.label), head, tail), '\t');
  }
  const attributeIds = diskIds(document.attributes, 'A', /^[AM]\d+$/u, known);
  for (const attribute of document.attributes) {
    const target = spanIds.get(attribute.target) ?? relationIds.get(attribute.target);
    const id = attributeIds.get(attribute.id) ?? attribute.id;
    if (target !== undefined && lines.has(target)) add(id, attributeMeaning(attribute, target), '');
  }
  return { lines, meanings };
}

export function spanMeaning(label: string, ranges: readonly TextRange[]): string {
  return `${oneWord(label)} ${ranges.map(({ start, end }) => `${start} ${end}`).join(';')}`;
}

export function relationMeaning(label: string, head: string, tail: string): string {
  return `${label} Arg1:${head} Arg2:${tail}`;
}

export function attributeMeaning({ name, value }: Pick<Attribute, 'name' | 'value'>, target: string): string {
  return `${oneWord(name)} ${target}${value === undefined ? '' : ` ${value}`}`;
}

/** Types in brat have no white space. */
function oneWord(label: string): string {
  return label.replaceAll(/\s+/gu, '_');
}

/** The ID of each item on disk: its own if that has brat's form or is known. */
function diskIds(
  items: readonly { readonly id: string }[],
  letter: string,
  form: RegExp,
  known: ReadonlySet<string>,
): Map<string, string> {
  const taken = new Set(items.map(({ id }) => id).filter((id) => form.test(id) || known.has(id)));
  return new Map(items.map(({ id }) => [id, taken.has(id) ? id : takeFreeId(letter, taken)]));
}
