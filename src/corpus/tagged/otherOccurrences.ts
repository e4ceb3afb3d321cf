import { overlap } from '../document.ts';
import type { Mention, TaggedText } from './inlineTags.ts';
import { isNameEdge } from './wordEdges.ts';

/** Shorter names are looked for as they are written: "PE" is no "pe", "All" no "ALL". */
const caseSensitiveLength = 4;

/** Longer ones in capitals may stand in a heading, where every word is written so. */
const longestAcronym = 4;

/** So are acronyms of any length: "AIDS" is no "aids", "POEMS" no "poems". */
const acronym = /^\p{Lu}+$/u;

/** Names that are other words too ("may lead to", "cold hands", "ST depression"): without a tag nobody can tell. */
const homographs = new Set(
  'cold depression discharge fit fits ice lead shock speed strain stroke'.split(' '),
);

interface Name {
  readonly surface: string;
  readonly label: string;
}

/** A name as it is looked for. */
interface Sought {
  readonly surface: string;
  /** In no other capitals. */
  readonly isExact: boolean;
  /** In lower case unless it is exact. */
  readonly key: string;
}

type SoughtName = Name & Sought;

export type OccurrenceResult =
  | ({ readonly ok: true } & TaggedText)
  | { readonly ok: false; readonly detail: string };

/**
 * Tags every other whole-word occurrence of what is tagged once in the text, and of `known` names. Refused
 * when the same name carries two labels, or another one than it is known with, or is an everyday word too, since
 * nobody can then say what another occurrence is.
 */
export function tagOtherOccurrences(tagged: TaggedText, known: readonly Name[] = []): OccurrenceResult {
  const { text, mentions } = tagged;
  const names = new Map<string, SoughtName>();
  for (const { start, end, label } of mentions) {
    const surface = text.slice(start, end);
    const isExact =
      isAsWritten(surface) && !(surface.length > longestAcronym && isAmongCapitals(text, start, end));
    const sought = soughtAs(surface, isExact);
    const previous = names.get(sought.key);
    if (previous !== undefined && previous.label !== label) {
      return { ok: false, detail: `one name is tagged both "${previous.label}" and "${label}"` };
    }
    names.set(sought.key, { ...sought, label });
  }
  for (const { surface, label } of known) {
    const sought = soughtAs(surface);
    const previous = names.get(sought.key);
    if (previous === undefined) names.set(sought.key, { ...sought, label });
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

/** Whether a text holds one of the names as whole words. */
export function holdsAny(text: string, names: readonly Name[]): boolean {
  const lowerText = text.toLowerCase();
  return names.some(({ surface }) => wordOccurrences(text, surface, lowerText).length > 0);
}

/** Longer names first, so that "breast cancer" is not left with "cancer" tagged in it. */
export function longestFirst<N extends Name>(names: readonly N[]): readonly N[] {
  return names.toSorted((a, b) => b.surface.length - a.surface.length);
}

/** Where a name stands as whole words; short names and acronyms only in their own capitals. */
export function wordOccurrences(
  text: string,
  surface: string,
  lowerText = text.toLowerCase(),
): readonly { start: number; end: number }[] {
  return occurrencesOf(soughtAs(surface), text, lowerText);
}

function soughtAs(surface: string, isExact = isAsWritten(surface)): Sought {
  return { surface, isExact, key: isExact ? surface : surface.toLowerCase() };
}

function occurrencesOf(
  { surface, isExact, key }: Sought,
  text: string,
  lowerText: string,
): readonly { start: number; end: number }[] {
  // Lower case can change a text's length ("İ"): offsets would no longer fit.
  const isShifted = lowerText.length !== text.length;
  const haystack = isExact || isShifted ? text : lowerText;
  const needle = isShifted ? surface : key;
  const found: { start: number; end: number }[] = [];
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    if (isNameEdge(text, at, surface) && isNameEdge(text, end, surface)) found.push({ start: at, end });
  }
  return found;
}

/** Whether no mention overlaps the range. */
export function isFree(range: { start: number; end: number }, mentions: readonly Mention[]): boolean {
  return !mentions.some((mention) => overlap(mention, range));
}

export function inTextOrder(mentions: readonly Mention[]): readonly Mention[] {
  return mentions.toSorted((a, b) => a.start - b.start);
}

/** Whether other capitals make another word of a name. */
export function isAsWritten(surface: string): boolean {
  return surface.length < caseSensitiveLength || (!isSmall(surface.charCodeAt(1)) && acronym.test(surface));
}

/** Most names are told by their second letter, without the pattern. */
function isSmall(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isKnown({ surface, label }: Name, known: readonly Name[]): boolean {
  const { key } = soughtAs(surface);
  return known.some((name) => name.label === label && soughtAs(name.surface).key === key);
}

/** Whether the stretch around a place, up to the next line end, full stop or colon, has no small letter. */
function isAmongCapitals(text: string, start: number, end: number): boolean {
  const before = /[^\n.:;]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const after = /^[^\n.:;]*/.exec(text.slice(end))?.[0] ?? '';
  return !/\p{Ll}/u.test(before + after);
}
