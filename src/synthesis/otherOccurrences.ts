import type { Mention, TaggedText } from '../corpus/inlineTags.ts';

/** Names up to this length are looked for as they are written: "PE" is no "pe", "All" no "ALL". */
const caseSensitiveLength = 4;

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
 * when the same name carries two labels, since nobody can then say what another occurrence is.
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
  // Longer names first, so that "breast cancer" is not left with "cancer" tagged in it.
  const ordered = [...names.values()].sort((a, b) => b.surface.length - a.surface.length);
  const lowerText = text.toLowerCase();
  for (const { surface, label } of ordered) {
    // Lower case can change a text's length ("İ"): offsets would no longer fit.
    const exact = surface.length < caseSensitiveLength || lowerText.length !== text.length;
    const haystack = exact ? text : lowerText;
    const needle = exact ? surface : surface.toLowerCase();
    for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
      const end = at + needle.length;
      const isWord = !letterOrDigit.test(text[at - 1] ?? '') && !letterOrDigit.test(text[end] ?? '');
      if (isWord && !found.some((mention) => mention.start < end && at < mention.end)) {
        found.push({ start: at, end, label });
      }
    }
  }
  return { ok: true, text, mentions: found.sort((a, b) => a.start - b.start) };
}

function nameKey(surface: string): string {
  return surface.length < caseSensitiveLength ? surface : surface.toLowerCase();
}
