import { UserError } from '../../../foundation/userError.ts';
import type { Document, Relation, TextRange } from '../../document.ts';
import { linesOf } from '../../lines.ts';
import { placeMentions } from '../../placeMentions.ts';
import type { ReadContext } from '../../readContext.ts';
import { readingNotes, type ReadingNotes } from '../../readingNotes.ts';
import { nameDocuments } from '../nameDocuments.ts';
import { collectRelations, collectSpans } from './annotations.ts';
import { holdsMentions, type Layer, layersWithin, parseLayer, shortName } from './header.ts';
import { toMentions } from './mentions.ts';
import { isToken, rebuildText, type Sentence, type Unit } from './text.ts';

const header = '#FORMAT=WebAnno TSV ';

/** Whether the first line is that of WebAnno TSV, the export of INCEpTION and WebAnno. */
export function looksLikeWebanno(head: string): boolean {
  return head.trimStart().startsWith(header);
}

/**
 * Reads WebAnno TSV 3 (INCEpTION's user guide, appendix "WebAnno TSV 3.3 File format") as one document with its sentences
 * and tokens. The label of an annotation is the value of one feature of its layer, otherwise the name of the layer;
 * its other features become attributes. Layers from preprocessing, chains and slots are left out and reported.
 * Throws `UserError` with the line.
 */
export function parseWebanno(source: string, context: ReadContext): Document[] {
  const { layers, sentences } = readLines(source, context.file);
  const rebuilt = rebuildText(sentences);
  if ('missing' in rebuilt)
    throw broken('its token is not in the text of its sentence', context.file, rebuilt.missing.line);
  const { text, ranges, moved } = rebuilt;
  const notes = readingNotes(context);
  for (const { line } of moved) notes.moved(line);
  const rangeOf = (unit: Unit): TextRange => ranges.get(unit) ?? unit;
  const units = sentences.flatMap((sentence) => sentence.units);
  const found = collectSpans(units, layers.filter(holdsMentions), rangeOf);
  reportLeftOut(units, layers, notes);
  const { drafts, attributes, ids } = toMentions(text, found, notes);
  const document = {
    text,
    sentences: rebuilt.sentences,
    tokens: units
      .filter(isToken)
      .map(rangeOf)
      .filter(({ start, end }) => start < end),
    spans: placeMentions(text, drafts, notes),
    relations: toRelations(units, layers, ids, notes),
    attributes,
    meta: {},
  };
  notes.report();
  return nameDocuments([document], context);
}

function readLines(
  source: string,
  file: string,
): { readonly layers: readonly Layer[]; readonly sentences: readonly Sentence[] } {
  const layers: Layer[] = [];
  const sentences: Sentence[] = [];
  let number = 0;
  for (const { start, end } of linesOf(source)) {
    number++;
    const line = source.slice(start, end);
    if (line.startsWith(header) && !line.startsWith(`${header}3`))
      throw new UserError('Only version 3 of WebAnno TSV can be read.', {
        place: { file, line: number },
        nextStep: 'Export the document again as "WebAnno TSV v3.3".',
      });
    const layer = parseLayer(line, layers.at(-1));
    if (layer !== undefined) layers.push(layer);
    const current = sentences.at(-1);
    if (line.startsWith('#Text=')) {
      const text = line.slice('#Text='.length);
      if (current === undefined || current.units.length > 0) sentences.push({ texts: [text], units: [] });
      else current.texts.push(text);
    } else if (!line.startsWith('#') && line.trim() !== '') {
      const unit = readUnit(line, file, number);
      if (current === undefined) sentences.push({ texts: [], units: [unit] });
      else current.units.push(unit);
    }
  }
  return { layers, sentences };
}

function readUnit(line: string, file: string, number: number): Unit {
  const cells = line.split('\t');
  const [address = '', offsets = '', form = ''] = cells;
  const [, start, end] = /^(\d{1,15})-(\d{1,15})$/u.exec(offsets) ?? [];
  if (!/^\d+-\d+(?:\.\d+)?$/u.test(address) || start === undefined || end === undefined)
    throw broken('it has no address and offsets', file, number);
  return { address, start: Number(start), end: Number(end), form, cells, line: number };
}

function reportLeftOut(units: readonly Unit[], layers: readonly Layer[], notes: ReadingNotes): void {
  for (const unit of units) {
    for (const layer of layersWithin(layers, unit.cells.length)) {
      const kept = holdsMentions(layer) || layer.kind === 'relation';
      const cells = unit.cells.slice(layer.first, layer.first + layer.features.length);
      for (const [index, cell] of cells.entries()) {
        if (cell === '_' || cell === '') continue;
        const what = kept ? 'slot' : `annotation of the layer ${shortName(layer.name)}`;
        const many = kept ? 'slots' : `annotations of the layer ${shortName(layer.name)}`;
        if (!kept || layer.features[index]?.kind === 'slot') {
          notes.leftOut(unit.line, what, many);
          break;
        }
      }
    }
  }
}

function toRelations(
  units: readonly Unit[],
  layers: readonly Layer[],
  ids: ReadonlyMap<string, string>,
  notes: ReadingNotes,
): Relation[] {
  const relations: Relation[] = [];
  for (const relation of collectRelations(
    units,
    layers.filter(({ kind }) => kind === 'relation'),
  )) {
    const { layer, line, values } = relation;
    const [head, tail] = [ids.get(relation.head), ids.get(relation.tail)];
    if (head === undefined || tail === undefined) {
      const name = shortName(layer.name);
      notes.leftOut(line, `relation of the layer ${name}`, `relations of the layer ${name}`);
      continue;
    }
    const [value, ...more] = values.filter((one) => one !== undefined && one !== '');
    for (const _ of more)
      notes.leftOut(line, 'further feature of a relation', 'further features of relations');
    const label = value ?? shortName(layer.name);
    relations.push({ id: `R${relations.length + 1}`, head, tail, label, source: 'human' });
  }
  return relations;
}

function broken(reason: string, file: string, line: number): UserError {
  return new UserError(`This line of a WebAnno TSV file cannot be read: ${reason}.`, {
    place: { file, line },
    nextStep: 'Export the document again as "WebAnno TSV v3.3".',
  });
}
