import type { Document } from '../../document.ts';
import { codePointOffsets } from '../../offsets.ts';
import { conceptAttribute, mentionsByConcept, pairsOf } from '../conceptRelations.ts';
import { continuousSpans, sumLosses, type WrittenFile } from '../losses.ts';
import { partsAttribute } from './read.ts';

/**
 * Writes PubTator. The first line of a text is its title, the rest its abstract, in which line ends become spaces.
 * Relations are written between the concepts of their mentions (attribute `concept`). Lost are discontinuous mentions,
 * relations of mentions without a concept, other attributes, and line ends.
 */
export function formatPubtator(documents: readonly Document[]): WrittenFile {
  const written = documents.map(formatOne);
  return {
    content: written.map(({ content }) => content).join('\n'),
    dropped: written.flatMap(({ dropped }) => dropped),
    losses: sumLosses(written.flatMap(({ losses }) => losses)),
  };
}

function formatOne(document: Document): WrittenFile {
  const { text } = document;
  const id = document.id.replaceAll(/[|\s]/gu, '_') || '_';
  const offsets = codePointOffsets(text);
  const split = text.indexOf('\n');
  const [title, abstract] = split === -1 ? [text, ''] : [text.slice(0, split), text.slice(split + 1)];
  const { kept, dropped } = continuousSpans(document);
  const valueOf = (name: string, target: string): string =>
    cell(document.attributes.find((item) => item.target === target && item.name === name)?.value ?? '');
  const mentions = kept.map(({ id: target, start, end, label }) => {
    const [concept, parts] = [valueOf(conceptAttribute, target), valueOf(partsAttribute, target)];
    const cells = [id, offsets.toCodePoint(start), offsets.toCodePoint(end), cell(text.slice(start, end))];
    const more = parts === '' ? [concept] : [concept, parts];
    return [...cells, cell(label), ...(more.join('') === '' ? [] : more)].join('\t');
  });
  const { rows, lost } = relationRows(document, (target) => valueOf(conceptAttribute, target));
  const lines = [
    `${id}|t|${cell(title)}`,
    `${id}|a|${cell(abstract)}`,
    ...mentions,
    ...rows.map((row) => [id, ...row.map(cell)].join('\t')),
  ];
  const known = new Set([conceptAttribute, partsAttribute]);
  const losses = [
    { what: 'relation', count: lost },
    { what: 'attribute', count: document.attributes.filter(({ name }) => !known.has(name)).length },
    {
      what: 'line end',
      count:
        (title.match(/\r/gu)?.length ?? 0) +
        (abstract === '' && split !== -1 ? 1 : 0) +
        (abstract.match(/[\r\n]/gu)?.length ?? 0),
    },
  ];
  return { content: `${lines.join('\n')}\n`, dropped, losses };
}

/** Keeps the length of a text, on which its offsets depend. */
function cell(text: string): string {
  return text.replaceAll(/[\t\r\n]/gu, ' ');
}

/**
 * The relations between concepts: those that were read, as they stood there (also without a mention to join), and those
 * between mentions that came later. A relation that was read and whose mentions are no longer joined is left away.
 */
function relationRows(
  document: Document,
  conceptOf: (span: string) => string,
): { readonly rows: readonly (readonly string[])[]; readonly lost: number } {
  const mentionsOf = mentionsByConcept(document.spans, document.attributes);
  const joined = new Set(document.relations.map(({ label, head, tail }) => keyOf(label, head, tail)));
  const covered = new Set<string>();
  const rows: (readonly string[])[] = [];
  for (const row of rowsIn(document)) {
    const [label = '', head = '', tail = ''] = row;
    const keys = pairsOf(mentionsOf(head), mentionsOf(tail)).map(([one, other]) =>
      keyOf(label, one.id, other.id),
    );
    const stands = keys.filter((key) => joined.has(key));
    if (stands.length === 0 && keys.length > 0) continue;
    rows.push(row);
    for (const key of stands) covered.add(key);
  }
  const added = new Map<string, readonly string[]>();
  let lost = 0;
  for (const { label, head, tail } of document.relations) {
    if (covered.has(keyOf(label, head, tail))) continue;
    const [one, other] = [conceptOf(head), conceptOf(tail)];
    if (one === '' || other === '') lost++;
    else added.set(keyOf(label, one, other), [label, one, other]);
  }
  return { rows: [...rows, ...added.values()], lost };
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('\t');
}

function rowsIn({ meta }: Document): readonly (readonly string[])[] {
  const rows: unknown = meta['conceptRelations'];
  if (!Array.isArray(rows)) return [];
  return rows.filter(
    (row): row is readonly string[] =>
      Array.isArray(row) && row.length > 2 && row.every((item) => typeof item === 'string'),
  );
}
