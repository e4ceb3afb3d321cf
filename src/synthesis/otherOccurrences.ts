import type { Mention, TaggedText } from '../corpus/inlineTags.ts';

/** Names up to this length are looked for as they are written: "PE" is no "pe", "All" no "ALL". */
const caseSensitiveLength = 4;

/** Names that are other words too ("may lead to", "cold hands", "ST depression"): without a tag nobody can tell. */
const homographs = new Set(
  'cold depression discharge fit fits ice lead shock speed strain stroke'.split(' '),
);

const letterOrDigit = /[\p{L}\p{N}]/u;

interface Name {
  readonly surface: string;
  readonly label: string;
}

export type OccurrenceResult =
  | ({ readonly ok: true } & TaggedText)
  | { readonly ok: false; readonly detail: string };

/**
 * Tags every other whole-word occurrence of what is tagged once in the text, and of `known` names. Refused
 * when the same name carries two labels or is an everyday word too, since nobody can then say what another
 * occurrence is.
 */
export function tagOtherOccurrences(tagged: TaggedText, known: readonly Name[] = []): OccurrenceResult {
  const { text, mentions } = tagged;
  const names = new Map<string, Name>();
  for (const { start, end, label } of mentions) {
    const surface = text.slice(start, end);
    const previous = names.get(nameKey(surface));
    if (previous !== undefined && previous.label !== label) {
      return { ok: false, detail: `one name is tagged both "${previous.label}" and "${label}"` };
    }
    names.set(nameKey(surface), { surface, label });
  }
  for (const name of known) {
    if (!names.has(nameKey(name.surface))) names.set(nameKey(name.surface), name);
  }
  const found: Mention[] = [...mentions];
  const lowerText = text.toLowerCase();
  for (const { surface, label } of longestFirst([...names.values()])) {
    for (const range of wordOccurrences(text, surface, lowerText)) {
      if (!isFree(range, found)) continue;
      if (homographs.has(surface.toLowerCase())) {
        return { ok: false, detail: 'a name that may be another word is there again, untagged' };
      }
      found.push({ ...range, label });
    }
  }
  return { ok: true, text, mentions: inTextOrder(found) };
}

/** Whether a text holds one of the names as whole words. */
export function holdsAny(text: string, names: readonly Name[]): boolean {
  const lowerText = text.toLowerCase();
  return names.some(({ surface }) => wordOccurrences(text, surface, lowerText).length > 0);
}

/** Longer names first, so that "breast cancer" is not left with "cancer" tagged in it. */
export function longestFirst<N extends Name>(names: readonly N[]): readonly N[] {
  return names.toSorted((a, b) => b.surface.length - a.surface.length);
}

/** Where a name stands as whole words; short names only in their own capitals. */
export function wordOccurrences(
  text: string,
  surface: string,
  lowerText = text.toLowerCase(),
): readonly { start: number; end: number }[] {
  // Lower case can change a text's length ("İ"): offsets would no longer fit.
  const exact = surface.length < caseSensitiveLength || lowerText.length !== text.length;
  const haystack = exact ? text : lowerText;
  const needle = exact ? surface : surface.toLowerCase();
  const found: { start: number; end: number }[] = [];
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    if (!letterOrDigit.test(text[at - 1] ?? '') && !letterOrDigit.test(text[end] ?? '')) {
      found.push({ start: at, end });
    }
  }
  return found;
}

/** Whether no mention overlaps the range. */
export function isFree(range: { start: number; end: number }, mentions: readonly Mention[]): boolean {
  return !mentions.some(({ start, end }) => start < range.end && range.start < end);
}

export function inTextOrder(mentions: readonly Mention[]): readonly Mention[] {
  return mentions.toSorted((a, b) => a.start - b.start);
}

function nameKey(surface: string): string {
  return surface.length < caseSensitiveLength ? surface : surface.toLowerCase();
}
