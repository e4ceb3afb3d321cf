/** Which look a type gets: one of the theme's eight, or the colour that the project gives it. */
export type StyleKey = `slot${number}` | `#${string}`;

/** How many `chartmark.entityN...` colours the extension contributes. */
export const slotCount = 8;

interface StyledType {
  readonly name: string;
  readonly color?: string;
}

/** Slots, from 1, of types that no project names, as they were first seen. */
export type OtherSlots = Map<string, number>;

/**
 * The look of `label`. Types of the project take the slots in its order. A type that the project does not
 * know takes one of the slots that are left, by its name, so that it mostly looks the same everywhere; when
 * another such type has that slot already, the next free one. `others` keeps what was given out.
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

/** The slot of the name's hash among those from `first` on, or the next that is not taken. */
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
