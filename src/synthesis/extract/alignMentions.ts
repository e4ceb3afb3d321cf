import type { Mention, TaggedText } from '../../corpus/inlineTags.ts';

/** White space, and signs that cannot be seen. */
const blank = /[\s\u00AD\u200B-\u200D\u2060\uFEFF]/;

/** What a model may leave off or put at the end of a sentence. */
const ending = /^[\s.!?;,:"'\u201D\u2019]*$/;

/** What a model may put in front of it: the number of a list's item, a bullet, a quote. */
const opening = /^\s*(?:(?:\(?\d{1,3}[.):]|[-*\u2022])\s+)?["\u201C\u2018']?/;

/**
 * The mentions of a text that a model gave back, at their places in the text that it was given. Both must be
 * the same up to blanks, capitals, the kind of quotes and dashes, and punctuation at the end: else undefined.
 */
export function alignMentions(given: string, said: TaggedText): readonly Mention[] | undefined {
  const prefix = opening.exec(said.text)?.[0].length ?? 0;
  return alignFrom(given, said, 0) ?? (prefix > 0 ? alignFrom(given, said, prefix) : undefined);
}

function alignFrom(given: string, { text, mentions }: TaggedText, from: number): Mention[] | undefined {
  const places = new Map<number, number>();
  let at = 0;
  let saidAt = from;
  for (;;) {
    while (at < given.length && blank.test(given.charAt(at))) at++;
    while (saidAt < text.length && blank.test(text.charAt(saidAt))) saidAt++;
    if (at >= given.length || saidAt >= text.length) break;
    if (folded(given.charAt(at)) !== folded(text.charAt(saidAt))) break;
    places.set(saidAt++, at++);
  }
  if (places.size === 0 || !ending.test(given.slice(at)) || !ending.test(text.slice(saidAt)))
    return undefined;
  const aligned: Mention[] = [];
  for (const { start, end, label } of mentions) {
    const first = places.get(start);
    const last = places.get(end - 1);
    // A mention of nothing but what the model put there itself.
    if (first === undefined || last === undefined) return undefined;
    aligned.push({ start: first, end: last + 1, label });
  }
  return aligned;
}

const dashes = /[\u2010-\u2015\u2212]/;
const quotes = /[\u2018\u2019\u201A\u201B`\u00B4\u2032]/;
const doubleQuotes = /[\u201C\u201D\u201E\u201F\u00AB\u00BB\u2033]/;

function folded(character: string): string {
  if (character < '\u0080') return character === '`' ? "'" : character.toLowerCase();
  if (dashes.test(character)) return '-';
  if (quotes.test(character)) return "'";
  if (doubleQuotes.test(character)) return '"';
  // The micro sign and the Greek letter.
  return character === '\u00B5' ? '\u03BC' : character.toLowerCase();
}
