import { overlap, type TextRange } from '../document.ts';
import type { Mention, TaggedText } from './inlineTags.ts';
import { isNameEdge } from './wordEdges.ts';

/** Shorter names are case-sensitive: "PE" is not "pe", and "All" is not "ALL". */
const shortestCaseInsensitive = 4;

/** A longer name in capitals may be part of a heading in capitals. */
const longestAcronym = 4;

/** Acronyms are case-sensitive: "AIDS" is not "aids", and "POEMS" is not "poems". */
const acronym = /^\p{Lu}+$/u;

/** Names that are also other words ("may lead to", "cold hands", "ST depression") and ambiguous without a tag. */
const homographs = new Set(
  'cold depression discharge fit fits ice lead shock speed strain stroke'.split(' '),
);

interface Name {
  readonly surface: string;
  readonly label: string;
}

/** How to search for a name. */
interface SearchTerm {
  readonly surface: string;
  readonly isCaseSensitive: boolean;
  /** In lower case unless the search is case-sensitive. */
  readonly key: string;
}

export type OccurrenceResult =
  | ({ readonly ok: true } & TaggedText)
  | { readonly ok: false; readonly detail: string };

/**
 * Tags all other whole-word occurrences of names that are tagged in the text, and of `known` names. Fails if other
 * occurrences of a name would be ambiguous: because it has two labels, or another label than the known one, or is also
 * an everyday word.
 */
export function tagOtherOccurrences(tagged: TaggedText, known: readonly Name[] = []): OccurrenceResult {
  const { text, mentions } = tagged;
  const names = new Map<string, Name & SearchTerm>();
  for (const { start, end, label } of mentions) {
    const surface = text.slice(start, end);
    const isInHeading = surface.length > longestAcronym && isAmongCapitals(text, start, end);
    const term = searchTerm(surface, isCaseSensitive(surface) && !isInHeading);
    const previous = names.get(term.key);
    if (previous !== undefined && previous.label !== label) {
      return { ok: false, detail: `one name is tagged both "${previous.label}" and "${label}"` };
    }
    names.set(term.key, { ...term, label });
  }
  for (const { surface, label } of known) {
    const term = searchTerm(surface);
    const previous = names.get(term.key);
    if (previous === undefined) names.set(term.key, { ...term, label });
    else if (previous.label !== label && !isKnown(previous, known)) {
      return { ok: false, detail: `a name of the type "${label}" is tagged "${previous.label}"` };
    }
  }
  const found: Mention[] = [...mentions];
  const lowerText = text.toLowerCase();
  for (const name of longestFirst([...names.values()])) {
    const { surface, label } = name;
    for (const range of occurrencesOf(name, text, lowerText)) {
      if (!isFree(range, found)) continue;
      if (homographs.has(surface.toLowerCase())) {
        return { ok: false, detail: 'a name that may be another word is there again, untagged' };
      }
      found.push({ ...range, label });
    }
  }
  return { ok: true, text, mentions: inTextOrder(found) };
}

/** Whether a text contains one of the names as whole words. */
export function holdsAny(text: string, names: readonly Name[]): boolean {
  const lowerText = text.toLowerCase();
  return names.some(({ surface }) => wordOccurrences(text, surface, lowerText).length > 0);
}

/** Longer names first, so that "cancer" is not tagged inside "breast cancer". */
export function longestFirst<N extends Name>(names: readonly N[]): readonly N[] {
  return names.toSorted((a, b) => b.surface.length - a.surface.length);
}

/** The whole-word occurrences of a name; short names and acronyms are case-sensitive. */
export function wordOccurrences(
  text: string,
  surface: string,
  lowerText = text.toLowerCase(),
): readonly TextRange[] {
  return occurrencesOf(searchTerm(surface), text, lowerText);
}

function searchTerm(surface: string, isSensitive = isCaseSensitive(surface)): SearchTerm {
  return { surface, isCaseSensitive: isSensitive, key: isSensitive ? surface : surface.toLowerCase() };
}

function occurrencesOf(
  { surface, isCaseSensitive: isSensitive, key }: SearchTerm,
  text: string,
  lowerText: string,
): readonly TextRange[] {
  // Lower case may change the length of a text ("İ"); offsets would then be wrong.
  const isShifted = lowerText.length !== text.length;
  const haystack = isSensitive || isShifted ? text : lowerText;
  const needle = isShifted ? surface : key;
  const found: TextRange[] = [];
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    if (isNameEdge(text, at, surface) && isNameEdge(text, end, surface)) found.push({ start: at, end });
  }
  return found;
}

/** Whether no mention overlaps the range. */
export function isFree(range: TextRange, mentions: readonly Mention[]): boolean {
  return !mentions.some((mention) => overlap(mention, range));
}

export function inTextOrder(mentions: readonly Mention[]): readonly Mention[] {
  return mentions.toSorted((a, b) => a.start - b.start);
}

/** Whether a name could be another word in another case. */
export function isCaseSensitive(surface: string): boolean {
  if (surface.length < shortestCaseInsensitive) return true;
  // The second letter is enough for most names, and faster than the pattern.
  return !isLowerCase(surface.charCodeAt(1)) && acronym.test(surface);
}

function isLowerCase(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isKnown({ surface, label }: Name, known: readonly Name[]): boolean {
  const { key } = searchTerm(surface);
  return known.some((name) => name.label === label && searchTerm(name.surface).key === key);
}

/** Whether the text around a range, up to the next line end, full stop or colon, has no lower-case letter. */
function isAmongCapitals(text: string, start: number, end: number): boolean {
  return isWithoutLowerCase(text, start - 1, -1) && isWithoutLowerCase(text, end, 1);
}

const partEnd = /[\n.:;]/;
const lowerCase = /\p{Ll}/u;
/** In characters. No heading is longer. */
const longestHeading = 400;

function isWithoutLowerCase(text: string, from: number, step: 1 | -1): boolean {
  for (let at = from, count = 0; at >= 0 && at < text.length; at += step, count++) {
    const character = text[at] ?? '';
    if (partEnd.test(character)) return true;
    if (lowerCase.test(character) || count > longestHeading) return false;
  }
  return true;
}
