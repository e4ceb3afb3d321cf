/** Makes an element of a drawing. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Leads from a value between `min` and `max` to its place between two ends, in pixels. */
export function scale(
  { min, max }: { readonly min: number; readonly max: number },
  from: number,
  to: number,
): (value: number) => number {
  return (value) => from + ((value - min) / (max - min)) * (to - from);
}
