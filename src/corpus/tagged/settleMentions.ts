import type { Mention } from './inlineTags.ts';
import type { TextRange } from '../document.ts';
import { wordCount } from '../unspaced.ts';
import { malformed, type ReadResult } from './readTaggedItem.ts';
import { isAlphanumeric, isBetweenWords, wordUnit } from './wordEdges.ts';

/** A mention that ends like a sentence and has more words than this is a sentence. */
const mostWords = 12;
/** In characters. No name is longer, and the patterns below are slow on long texts. */
const longest = 600;

const leading =
  /^(?:[\s,;:!?\u2026"\u201C-\u201F\u00AB\u00BB\u3001\u3002\uFF0C\uFF1A\uFF1B\uFF01\uFF1F]|\.(?!\d))+/u;
const trailing =
  /(?:[\s,;:!?\u2026\u201C-\u201F\u00AB\u00BB\u3001\u3002\uFF0C\uFF1A\uFF1B\uFF01\uFF1F]|(?<!\d)")+$/u;
const sentenceEnd = /[.!?\u3002\uFF01\uFF1F]["\u201D)]*$/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
const quote = /['\u2018\u2019]/;
/** Initials with full stops ("H.I.V."), and what follows a full stop in the middle of a sentence. */
const initials = /(?<!\p{L})(?:\p{L}\.){2,}$/u;
const midSentence = /^(?:[.,;]|\s+\p{Ll})/u;
const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '\uFF08': '\uFF09' };
const closings: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(brackets).map(([opening, closing]) => [closing, opening]),
);

const mark = /^\p{M}/u;
/** A number and its unit may be tagged separately. */
const numberAtEnd = /(?<![\p{L}\p{N}])\d+(?:[.,]\d+)*$/u;
const pluralEnd = /^e?s(?![\p{L}\p{N}])/u;

/**
 * Adjusts mentions so that they are names: removes punctuation at their edges and adds a plural "s" that was left outside
 * the tag. Fails if a tag begins or ends inside a word, or contains a whole sentence.
 */
export function settleMentions(read: ReadResult): ReadResult {
  if (!read.ok || read.mentions.every((mention) => isPlain(read.text, mention))) return read;
  const { text } = read;
  const mentions: Mention[] = [];
  for (const [index, mention] of read.mentions.entries()) {
    const surface = text.slice(mention.start, mention.end);
    if (surface.length > longest || (sentenceEnd.test(surface) && wordCount(surface) > mostWords)) {
      return malformed('a tag holds a whole sentence');
    }
    const { start, end } = withoutPunctuation(text, mention);
    if (!letterOrDigit.test(text.slice(start, end))) return malformed('a tag holds no word');
    const plural = /\p{L}$/u.test(text.slice(start, end)) ? pluralEnd.exec(text.slice(end, end + 3)) : null;
    const settled = { ...mention, start, end: end + (plural?.[0].length ?? 0) };
    const isApart = settled.end <= (read.mentions[index + 1]?.start ?? text.length);
    if (!isApart || isInWord(text, settled.start) || isInWord(text, settled.end)) {
      return malformed('a tag begins or ends inside a word');
    }
    mentions.push(settled);
  }
  return { ...read, mentions };
}

/** Whether a mention begins and ends with an ASCII letter or digit at the edge of a word. */
function isPlain(text: string, { start, end }: Mention): boolean {
  return (
    end - start <= longest &&
    isAlphanumeric(text.charCodeAt(start)) &&
    isAlphanumeric(text.charCodeAt(end - 1)) &&
    isBetweenWords(text.charCodeAt(start - 1)) &&
    isBetweenWords(text.charCodeAt(end))
  );
}

function withoutPunctuation(text: string, mention: Mention): TextRange {
  const after = text.slice(mention.end, mention.end + 20);
  let { start, end } = mention;
  for (let before = -1; before !== end - start;) {
    before = end - start;
    start += leading.exec(text.slice(start, end))?.[0].length ?? 0;
    end -= trailing.exec(text.slice(start, end))?.[0].length ?? 0;
    const surface = text.slice(start, end);
    const first = surface[0] ?? '';
    const last = surface.at(-1) ?? '';
    if (last === '.' && !initials.test(surface) && !midSentence.test(after)) end--;
    else if (first in closings || (first in brackets && !surface.includes(brackets[first] ?? ''))) start++;
    else if (last in brackets || (last in closings && !surface.includes(closings[last] ?? ''))) end--;
    else if (quote.test(first)) start++;
    // Otherwise it is a possessive: "Graves'".
    else if (quote.test(last) && quote.test(text[start - 1] ?? '')) end--;
    // "<Chemical>lithium-</Chemical>induced"; but "Cl-".
    else if (last === '-' && wordUnit.test(text[end] ?? '')) end--;
  }
  return { start, end };
}

/** Whether a position is between two letters or digits of one word. */
function isInWord(text: string, at: number): boolean {
  const next = text.slice(at, at + 2);
  if (mark.test(next)) return true;
  if (!wordUnit.test(text[at - 1] ?? '') || !wordUnit.test(next[0] ?? '')) return false;
  return !(/^\p{L}/u.test(next) && numberAtEnd.test(text.slice(Math.max(0, at - 12), at)));
}
