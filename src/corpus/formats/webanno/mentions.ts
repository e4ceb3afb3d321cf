import type { Attribute } from '../../document.ts';
import { codePointOffsets } from '../../offsets.ts';
import type { MentionDraft } from '../../placeMentions.ts';
import type { ReadingNotes } from '../../readingNotes.ts';
import { conceptAttribute } from '../conceptRelations.ts';
import type { FoundSpan } from './annotations.ts';
import { type Layer, shortName } from './header.ts';

/** Annotations as mentions and attributes. */
interface Mentions {
  readonly drafts: MentionDraft[];
  readonly attributes: Attribute[];
  /** The IDs of the spans by their keys. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * The spans of annotations. Their label is the value of one feature (see `labelFeatures`), otherwise the name of the layer;
 * the other features become attributes.
 */
export function toMentions(
  text: string,
  found: ReadonlyMap<string, FoundSpan>,
  notes: ReadingNotes,
): Mentions {
  const offsets = codePointOffsets(text);
  const labels = labelFeatures([...found.values()]);
  const drafts: MentionDraft[] = [];
  const attributes: Attribute[] = [];
  const ids = new Map<string, string>();
  for (const [key, { layer, values, start, end, line }] of found) {
    if (start >= end) {
      notes.leftOut(line, 'annotation of no character', 'annotations of no character');
      continue;
    }
    const id = `T${drafts.length + 1}`;
    ids.set(key, id);
    const label = labels.get(layer) ?? -1;
    const range = { start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) };
    drafts.push({ id, label: values[label] ?? shortName(layer.name), ranges: [range], line });
    for (const [index, value] of values.entries()) {
      const feature = layer.features[index]?.name ?? '';
      if (index === label || value === undefined || value === '') continue;
      const name = feature === 'identifier' ? conceptAttribute : feature;
      attributes.push({ id: `A${attributes.length + 1}`, target: id, name, value });
    }
  }
  return { drafts, attributes, ids };
}

/** How a feature of a layer is used. */
interface Usage {
  readonly index: number;
  count: number;
  readonly values: Set<string>;
}

/**
 * The feature that labels the annotations of each layer: `value`, otherwise the one that most of them have. Of several,
 * the one with the fewest different values, because remarks differ and labels repeat. Numbers, truth values and addresses
 * are no labels.
 */
function labelFeatures(spans: readonly FoundSpan[]): ReadonlyMap<Layer, number> {
  const used = new Map<Layer, Map<number, Usage>>();
  for (const { layer, values } of spans) {
    const features = used.get(layer) ?? new Map<number, Usage>();
    used.set(layer, features);
    for (const [index, value] of values.entries()) {
      if (value === undefined || /^(?:|true|false|[\d.,+-]+|https?:.*)$/su.test(value)) continue;
      const usage = features.get(index) ?? { index, count: 0, values: new Set() };
      features.set(index, usage);
      usage.count++;
      usage.values.add(value);
    }
  }
  return new Map(
    [...used].flatMap(([layer, features]) => {
      const named = features.get(layer.features.findIndex(({ name }) => name === 'value'));
      const [best] = [...features.values()].toSorted(
        (a, b) => b.count - a.count || a.values.size - b.values.size || a.index - b.index,
      );
      const chosen = named ?? best;
      return chosen === undefined ? [] : [[layer, chosen.index] as const];
    }),
  );
}
