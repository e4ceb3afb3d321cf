/** Which look a type gets: one of the theme's eight, or the colour that the project gives it. */
export type StyleKey = `slot${number}` | `#${string}`;

/** How many `chartmark.entityN` colours the extension contributes. */
export const slotCount = 8;

interface StyledType {
  readonly name: string;
  readonly color?: string;
}

/**
 * The look of `label`. Types of the project take the slots in its order; a type that the project does not
 * know takes one of the slots that are left, by its name, so that it looks the same in every file.
 */
export function styleKeyOf(label: string, types: readonly StyledType[]): StyleKey {
  const index = types.findIndex(({ name }) => name === label);
  const color = types[index]?.color;
  if (color !== undefined) return `#${color.replace(/^#/, '')}`;
  if (index !== -1) return `slot${(index % slotCount) + 1}`;
  const left = types.length < slotCount ? slotCount - types.length : slotCount;
  const taken = types.length < slotCount ? types.length : 0;
  return `slot${taken + (nameHash(label) % left) + 1}`;
}

/** FNV-1a, 32 bit (Fowler, Noll, Vo). */
function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
