import type { TextRange } from '../../document.ts';
import { parseCell } from './cell.ts';
import { type Layer, layersWithin } from './header.ts';
import type { Unit } from './text.ts';

/** An annotation of a span layer, over one or several tokens or parts of tokens. */
export interface FoundSpan extends TextRange {
  readonly layer: Layer;
  /** One value for each feature of the layer. */
  readonly values: readonly (string | undefined)[];
  readonly line: number;
}

/** A relation whose row is that of its target; `head` and `tail` are keys of spans. */
export interface FoundRelation {
  readonly layer: Layer;
  /** The values of its features, without the reference. */
  readonly values: readonly (string | undefined)[];
  readonly head: string;
  readonly tail: string;
  readonly line: number;
}

/** The spans by their keys: the layer with the number of the annotation, or with the address of its only token. */
export function collectSpans(
  units: readonly Unit[],
  layers: readonly Layer[],
  rangeOf: (unit: Unit) => TextRange,
): Map<string, FoundSpan> {
  const spans = new Map<string, FoundSpan>();
  for (const unit of units) {
    for (const layer of layersWithin(layers, unit.cells.length)) {
      for (const { number, values } of itemsOf(unit, layer)) {
        const key = keyOf(layer.name, number, unit.address);
        const range = rangeOf(unit);
        const known = spans.get(key);
        const start = Math.min(known?.start ?? range.start, range.start);
        const end = Math.max(known?.end ?? range.end, range.end);
        spans.set(key, {
          layer,
          values: known?.values ?? values,
          line: known?.line ?? unit.line,
          start,
          end,
        });
      }
    }
  }
  return spans;
}

/** The relations of the layers whose last column refers to a base layer. */
export function collectRelations(units: readonly Unit[], layers: readonly Layer[]): FoundRelation[] {
  const relations: FoundRelation[] = [];
  for (const unit of units) {
    for (const layer of layersWithin(layers, unit.cells.length)) {
      const { base } = layer;
      if (base === undefined) continue;
      for (const { number, values } of itemsOf(unit, layer)) {
        const address = values[base.index] ?? '';
        const [head, tail] = number?.split('_') ?? [];
        relations.push({
          layer,
          values: values.toSpliced(base.index, 1),
          head: keyOf(base.name, head, address),
          tail: keyOf(base.name, tail, unit.address),
          line: unit.line,
        });
      }
    }
  }
  return relations;
}

function keyOf(layer: string, number: string | undefined, address: string): string {
  return number === undefined || number === '0' ? `${layer}@${address}` : `${layer}#${number}`;
}

/** The annotations of a layer in a row, with one value for each of its features. */
function itemsOf(
  { cells }: Unit,
  { features, first, base }: Layer,
): readonly { readonly number: string | undefined; readonly values: readonly (string | undefined)[] }[] {
  const columns = cells
    .slice(first, first + features.length)
    .map((cell, index) => (features[index]?.kind === 'slot' ? [] : parseCell(cell)));
  const count = columns.reduce((most, column) => Math.max(most, column.length), 0);
  return Array.from({ length: count }, (_, index) => ({
    // In a relation, the reference holds the numbers of both ends.
    number: (base === undefined ? columns : columns.slice(base.index, base.index + 1))
      .map((column) => column[index]?.number)
      .find((number) => number !== undefined),
    values: columns.map((column) => column[index]?.value),
  }));
}
