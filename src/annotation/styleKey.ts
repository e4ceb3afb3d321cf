/** How a type is highlighted: in one of the eight theme colours, or in the colour that chartmark.json sets. */
export type StyleKey = `slot${number}` | `#${string}`;

/** How many `chartmark.entityN...` colours the extension contributes. */
export const slotCount = 8;

interface StyledType {
  readonly name: string;
  readonly color?: string;
}

/** Slots, counted from 1, of types that are not in the project, by name. */
export type OtherSlots = Map<string, number>;

/**
 * The style of `label`. The types of the project take the slots in their order. An unknown type takes one of the remaining
 * slots by the hash of its name, so that it usually looks the same everywhere, or the next free slot if that one is taken.
 * The slots of unknown types are added to `others`.
 */
export function styleKeyOf(label: string, types: readonly StyledType[], others: OtherSlots): StyleKey {
  const index = types.findIndex(({ name }) => name === label);
  const color = types[index]?.color;
  if (color !== undefined) return `#${color.replace(/^#/, '')}`;
  if (index !== -1) return `slot${(index % slotCount) + 1}`;
  const first = types.length < slotCount ? types.length + 1 : 1;
  const given = others.get(label);
  if (given !== undefined && given >= first) return `slot${given}`;
  const slot = freeSlot(label, first, new Set(others.values()));
  others.set(label, slot);
  return `slot${slot}`;
}

function freeSlot(label: string, first: number, taken: ReadonlySet<number>): number {
  const left = slotCount - first + 1;
  const hash = nameHash(label);
  const candidates = Array.from({ length: left }, (_, step) => first + ((hash + step) % left));
  return candidates.find((slot) => !taken.has(slot)) ?? first + (hash % left);
}

/** FNV-1a, 32 bit (Fowler, Noll, Vo). */
function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
