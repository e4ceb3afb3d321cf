import { withoutBold } from './boldMarks.ts';
import { tagOtherNotations } from './otherNotations.ts';

/** Named character references that models write in clinical text; `parseInlineTags` reads those of XML. */
const named: ReadonlyMap<string, string> = new Map(
  Object.entries({
    nbsp: ' ',
    deg: '\u00B0',
    micro: '\u00B5',
    plusmn: '\u00B1',
    le: '\u2264',
    ge: '\u2265',
    ndash: '\u2013',
    mdash: '\u2014',
    rsquo: '\u2019',
    lsquo: '\u2018',
    ldquo: '\u201C',
    rdquo: '\u201D',
    hellip: '\u2026',
    alpha: '\u03B1',
    beta: '\u03B2',
    gamma: '\u03B3',
    delta: '\u03B4',
    times: '\u00D7',
  }),
);

// Formatting does not belong in training texts; only its tags are removed, not the words in between.
const formatting =
  /<(\/?)(b|strong|i|em|u|mark|sub|sup|p|span|code)(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+))*\s*\/?>/gi;
/** Of these tags, those that mark words like bold: the words may be mentions without a tag. */
const emphasis = new Set(['b', 'strong', 'u', 'mark', 'span', 'code']);
/** Two signs with words between them: "a<b and c>d", "a < b and c > d". */
const comparison =
  /(?<=[\p{L}\p{N}])(?:<(?=(\p{L}[\p{L}\p{N}_-]*)\s[^<>=/]*>[\p{L}\p{N}])|\s<(?=\s+(\p{L}[\p{L}\p{N}_-]*)\s[^<>=/]*>\s))/gu;
const closing = /<\/\s*(\p{L}[\p{L}\p{N}_-]*)/gu;
const lineBreak = /<br\s*\/?>/gi;
const reference = /&(?:#(\d{2,6})|#x([\da-f]{2,5})|([a-z]{2,6}));/gi;
const generic =
  /<(?:entity|span|mark|ner|ent|tag|e)\s([^<>]*)>([^<>]*)<\/(?:entity|span|mark|ner|ent|tag|e)\s*>/giu;
/** The last value in the attributes of a tag. */
const lastValue = /(?<![\p{L}\p{N}_-])([\p{L}\p{N}_-]{1,80})["']?\s{0,9}$/u;

interface Patterns {
  readonly key: string;
  /** The labels as alternatives. */
  readonly label: string;
  /** Matches a text without markup other than tags of the labels. */
  readonly alreadyTidy: RegExp;
}

/** Signs that begin no markup. */
const plain = String.raw`[^<[&*_{(\`\uFF08\uFF1C\u3008\u27E8\u300A\u3010\uFF3B\uFF5B\u00AB\u2039\u25C1\u3014]`;

/** A cache: the patterns of the last labels. */
let latest: Patterns | undefined;

function patternsOf(labels: readonly string[]): Patterns {
  const key = labels.join('\n');
  if (latest?.key === key) return latest;
  const label = labels.map((name) => name.replaceAll(/[^\p{L}\p{N}_-]/gu, '\\$&')).join('|');
  latest = { key, label, alreadyTidy: new RegExp(`^${plain}*(?:</?(?:${label})>${plain}*)*$`) };
  return latest;
}

/**
 * Converts tags that a model wrote as character references, in square brackets or as `<entity type="Disease">` to the
 * requested form, and removes Markdown's bold in or around tags and HTML's formatting. Does not check whether the tags
 * make sense.
 */
export function tidyTags(text: string, labels: readonly string[]): string {
  const { label, alreadyTidy } = patternsOf(labels);
  if (alreadyTidy.test(text)) return text;
  let tidy = text;
  if (tidy.includes('&')) {
    const hasTags = new RegExp(`<\\s*(?:${label})\\b`, 'iu').test(tidy);
    if (!hasTags) {
      tidy = tidy.replaceAll(new RegExp(`&lt;(\\s{0,9}/?\\s{0,9}(?:${label})\\s{0,9})&gt;`, 'giu'), '<$1>');
    }
    tidy = tidy.replaceAll(reference, (whole, decimal?: string, hex?: string, name?: string) =>
      character(whole, decimal, hex, name),
    );
  }
  tidy = tagOtherNotations(tidy, labels);
  if (!tidy.includes('<')) return withoutBold(tidy);
  tidy = tidy
    .replaceAll(generic, (whole, attributes: string, inside: string) => {
      const name = lastValue.exec(attributes)?.[1] ?? '';
      const isKnown = labels.some((known) => known.toLowerCase() === name.toLowerCase());
      return isKnown ? `<${name}>${inside}</${name}>` : whole;
    })
    .replaceAll(lineBreak, '\n');
  const closed = new Set([...tidy.matchAll(closing)].map(([, name = '']) => name.toLowerCase()));
  const isTag = (name: string): boolean =>
    closed.has(name.toLowerCase()) || labels.some((known) => known.toLowerCase() === name.toLowerCase());
  const words = tidy.replaceAll(comparison, (sign, tight?: string, spaced?: string) =>
    isTag(tight ?? spaced ?? '') ? sign : sign.replace('<', '&lt;'),
  );
  const isLabel = (tag: string): boolean =>
    labels.some((known) => new RegExp(`^</?${known}\\b`, 'i').test(tag));
  return withoutBold(
    words.replaceAll(formatting, (tag, close: string, name: string, at: number) =>
      isLabel(tag) || (close === '' && !isTag(name) && follows(words, at))
        ? tag
        : emphasis.has(name.toLowerCase())
          ? '**'
          : '',
    ),
  );
}

/** Whether a letter or digit precedes a position: a "<" there may be a sign ("a<b>c"). */
function follows(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

function character(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named.get(name.toLowerCase()) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  // Left for `parseInlineTags`: a "<" made here would be read as a tag.
  if (code === 0x3c || code === 0x3e || code === 0x26) return { 60: '&lt;', 62: '&gt;', 38: '&amp;' }[code];
  return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
