import type { Mention, TaggedText } from '../../corpus/tagged/inlineTags.ts';

/** White space, and signs that cannot be seen. */
const blank = /[\s\u00AD\u200B-\u200D\u2060\uFEFF]/;

/** What a model may leave off or put at the end of a sentence. */
const ending = /^[\s.!?;,:"'\u201D\u2019]*$/;

/** The number of a list's item, or a bullet. */
const marker = String.raw`(?:\(?\d{1,3}[.):]|[-*\u2022])\s+`;

/** What a model may put in front of it: a marker, a quote. */
const opening = new RegExp(String.raw`^\s*(?:${marker})?["\u201C\u2018']?`);

/** What it may leave off there. */
const leading = new RegExp(String.raw`^\s*${marker}`);

/**
 * The mentions of a text that a model gave back, at their places in the text that it was given. Both must be
 * the same up to blanks, capitals, the kind of quotes and dashes, how accents are encoded, and punctuation at the
 * end: else undefined.
 */
export function alignMentions(given: string, said: TaggedText): readonly Mention[] | undefined {
  const prefix = opening.exec(said.text)?.[0].length ?? 0;
  return alignFrom(given, said) ?? (prefix > 0 ? alignFrom(given, said, { saidAt: prefix }) : undefined);
}

/** The same of a text that begins with a list's number or bullet which the model left off. */
export function alignWithoutMarker(given: string, said: TaggedText): readonly Mention[] | undefined {
  const at = leading.exec(given)?.[0].length ?? 0;
  return at > 0 ? alignFrom(given, said, { at }) : undefined;
}

function alignFrom(
  given: string,
  { text, mentions }: TaggedText,
  begin: { readonly at?: number; readonly saidAt?: number } = {},
): Mention[] | undefined {
  /** For each unit of a sign of `text`: where the same sign of `given` begins and ends. */
  const places = new Map<number, { readonly start: number; readonly end: number }>();
  let { at = 0, saidAt = 0 } = begin;
  for (;;) {
    while (at < given.length && blank.test(given.charAt(at))) at++;
    while (saidAt < text.length && blank.test(text.charAt(saidAt))) saidAt++;
    if (at >= given.length || saidAt >= text.length) break;
    const end = endOfSign(given, at);
    const saidEnd = endOfSign(text, saidAt);
    if (folded(given.slice(at, end)) !== folded(text.slice(saidAt, saidEnd))) break;
    for (; saidAt < saidEnd; saidAt++) places.set(saidAt, { start: at, end });
    at = end;
  }
  if (places.size === 0 || !ending.test(given.slice(at)) || !ending.test(text.slice(saidAt)))
    return undefined;
  const aligned: Mention[] = [];
  for (const { start, end, label } of mentions) {
    const first = places.get(start);
    const last = places.get(end - 1);
    // A mention of nothing but what the model put there itself.
    if (first === undefined || last === undefined) return undefined;
    // Tags between a letter and its accent.
    if (first.start < (aligned.at(-1)?.end ?? 0)) return undefined;
    aligned.push({ start: first.start, end: last.end, label });
  }
  return aligned;
}

const mark = /^\p{M}/u;

/** Where the sign that begins at a place ends, with the marks (accents) that stand on it. */
function endOfSign(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) >= 0x300 && mark.test(text.slice(end, end + 2))) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return end;
}

const dashes = /[\u2010-\u2015\u2212]/;
const quotes = /[\u2018\u2019\u201A\u201B`\u00B4\u2032]/;
const doubleQuotes = /[\u201C\u201D\u201E\u201F\u00AB\u00BB\u2033]/;

function folded(sign: string): string {
  if (sign < '\u0080' && sign.length === 1) return sign === '`' ? "'" : sign.toLowerCase();
  const character = sign.normalize('NFC');
  if (dashes.test(character)) return '-';
  if (quotes.test(character)) return "'";
  if (doubleQuotes.test(character)) return '"';
  // The micro sign and the Greek letter.
  return character === '\u00B5' ? '\u03BC' : character.toLowerCase();
}
