import { pick, type Random } from '../../foundation/random.ts';

/**
 * Templates are sentences with placeholders:
 * - `{name}` is filled by the slot `name`; so is `{name:key}`, which has the same value wherever it occurs;
 * - `[a|b|]` is one of its alternatives, which may contain placeholders and further alternatives.
 */
export type Template = string;

/** Fills the slot `name`; throws `RangeError` if there is no such slot. */
export type FillSlot = (name: string, key: string | undefined) => string;

/** Writes one sentence from a template. */
export function expandTemplate(template: Template, random: Random, fill: FillSlot): string {
  return expandSlots(chooseAlternatives(template, random), fill);
}

/** Chooses the innermost alternatives first, until there are no more. */
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
