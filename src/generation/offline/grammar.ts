import { pick, type Random } from '../../foundation/random.ts';

/**
 * Templates are sentences with holes:
 * - `{name}` is filled by the slot `name`; `{name:key}` too, and means the same again wherever it recurs;
 * - `[a|b|]` is one of its alternatives, which may hold holes and alternatives themselves.
 */
export type Template = string;

/** Fills the slot `name`; throws `RangeError` when there is none of that name. */
export type FillSlot = (name: string, key: string | undefined) => string;

/** Writes one sentence out of a template. */
export function expandTemplate(template: Template, random: Random, fill: FillSlot): string {
  return expandSlots(chooseAlternatives(template, random), fill);
}

/** Innermost alternatives first, until none is left. */
function chooseAlternatives(template: Template, random: Random): string {
  let text = template;
  for (;;) {
    const end = text.indexOf(']');
    if (end === -1) return text;
    const start = text.lastIndexOf('[', end);
    text = text.slice(0, start) + pick(random, text.slice(start + 1, end).split('|')) + text.slice(end + 1);
  }
}

function expandSlots(text: string, fill: FillSlot): string {
  return text.replaceAll(/\{([^{}:]+)(?::([^{}]*))?\}/g, (_, name: string, key: string | undefined) =>
    fill(name, key),
  );
}
