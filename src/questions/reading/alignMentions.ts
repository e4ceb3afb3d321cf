import type { TextRange } from '../../corpus/document.ts';
import type { Mention, TaggedText } from '../../corpus/tagged/inlineTags.ts';

/** White space and invisible characters. */
const blank = /[\s\u00AD\u200B-\u200D\u2060\uFEFF]/;

/** What a model may leave out or add at the end of a sentence. */
const ending = /^[\s.!?;,:"'\u201D\u2019]*$/;

/** The number of a list item, or a bullet. */
const marker = String.raw`(?:\(?\d{1,3}[.):]|[-*\u2022])\s+`;

/** What a model may add at the beginning: a marker, a quote. */
const opening = new RegExp(String.raw`^\s*(?:${marker})?["\u201C\u2018']?`);

/** What it may leave out there. */
const leading = new RegExp(String.raw`^\s*${marker}`);

/**
 * The mentions of a returned text, with their offsets in the given text. Undefined if the texts differ in more than white
 * space, case, kinds of quotes and dashes, the encoding of accents, and punctuation at the end.
 */
export function alignMentions(given: string, returned: TaggedText): readonly Mention[] | undefined {
  const prefix = opening.exec(returned.text)?.[0].length ?? 0;
  return (
    alignFrom(given, returned) ?? (prefix > 0 ? alignFrom(given, returned, { textAt: prefix }) : undefined)
  );
}

/** As `alignMentions`, if the model left out a list number or bullet at the start of the given text. */
export function alignWithoutMarker(given: string, returned: TaggedText): readonly Mention[] | undefined {
  const givenAt = leading.exec(given)?.[0].length ?? 0;
  return givenAt > 0 ? alignFrom(given, returned, { givenAt }) : undefined;
}

function alignFrom(
  given: string,
  { text, mentions }: TaggedText,
  begin: { readonly givenAt?: number; readonly textAt?: number } = {},
): Mention[] | undefined {
  const places = alignCharacters(given, text, begin);
  if (places === undefined) return undefined;
  const aligned: Mention[] = [];
  for (const { start, end, label } of mentions) {
    const first = places.get(start);
    const last = places.get(end - 1);
    // The mention begins or ends in something that the model added.
    if (first === undefined || last === undefined) return undefined;
    // The tags are between a letter and its accent.
    if (first.start < (aligned.at(-1)?.end ?? 0)) return undefined;
    aligned.push({ start: first.start, end: last.end, label });
  }
  return aligned;
}

/** For each UTF-16 unit of `text` that is not blank: where the same character is in `given`. */
function alignCharacters(
  given: string,
  text: string,
  { givenAt: givenBegin = 0, textAt: textBegin = 0 }: { readonly givenAt?: number; readonly textAt?: number },
): ReadonlyMap<number, TextRange> | undefined {
  const places = new Map<number, TextRange>();
  let givenAt = givenBegin;
  let textAt = textBegin;
  for (;;) {
    while (givenAt < given.length && blank.test(given.charAt(givenAt))) givenAt++;
    while (textAt < text.length && blank.test(text.charAt(textAt))) textAt++;
    if (givenAt >= given.length || textAt >= text.length) break;
    const end = endOfCharacter(given, givenAt);
    const textEnd = endOfCharacter(text, textAt);
    if (folded(given.slice(givenAt, end)) !== folded(text.slice(textAt, textEnd))) break;
    for (; textAt < textEnd; textAt++) places.set(textAt, { start: givenAt, end });
    givenAt = end;
  }
  const isWhole = ending.test(given.slice(givenAt)) && ending.test(text.slice(textAt));
  return places.size > 0 && isWhole ? places : undefined;
}

const mark = /^\p{M}/u;

/** Where the character that begins at `at` ends, with its combining marks (accents). */
function endOfCharacter(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) >= 0x300 && mark.test(text.slice(end, end + 2))) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return end;
}

const dashes = /[\u2010-\u2015\u2212]/;
const quotes = /[\u2018\u2019\u201A\u201B`\u00B4\u2032]/;
const doubleQuotes = /[\u201C\u201D\u201E\u201F\u00AB\u00BB\u2033]/;

/** A character in the form in which it is compared. */
function folded(original: string): string {
  if (original < '\u0080' && original.length === 1) return original === '`' ? "'" : original.toLowerCase();
  const character = original.normalize('NFC');
  if (dashes.test(character)) return '-';
  if (quotes.test(character)) return "'";
  if (doubleQuotes.test(character)) return '"';
  // The micro sign and the Greek letter.
  return character === '\u00B5' ? '\u03BC' : character.toLowerCase();
}
