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
/** Two signs with words between them: "a<b and c>d", "a < b and c > d". */
const comparison =
  /(?<=[\p{L}\p{N}])(?:<(?=(\p{L}[\p{L}\p{N}_-]*)\s[^<>=/]*>[\p{L}\p{N}])|\s<(?=\s+(\p{L}[\p{L}\p{N}_-]*)\s[^<>=/]*>\s))/gu;
const closing = /<\/\s*(\p{L}[\p{L}\p{N}_-]*)/gu;
const lineBreak = /<br\s*\/?>/gi;
const reference = /&(?:#(\d{2,6})|#x([\da-f]{2,5})|([a-z]{2,6}));/gi;
const generic =
  /<(?:entity|span|mark|ner|ent|tag|e)\s[^<>]*?["']?([\p{L}\p{N}_-]+)["']?\s*>([^<>]*)<\/(?:entity|span|mark|ner|ent|tag|e)\s*>/giu;

interface Patterns {
  readonly key: string;
  /** The labels as alternatives. */
  readonly label: string;
  /** Matches a text without markup other than tags of the labels. */
  readonly alreadyTidy: RegExp;
}

/** A cache: the patterns of the last labels. */
let latest: Patterns | undefined;

function patternsOf(labels: readonly string[]): Patterns {
  const key = labels.join('\n');
  if (latest?.key === key) return latest;
  const label = labels.map((name) => name.replaceAll(/[^\p{L}\p{N}_-]/gu, '\\$&')).join('|');
  latest = { key, label, alreadyTidy: new RegExp(`^[^<[&*_]*(?:</?(?:${label})>[^<[&*_]*)*$`) };
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
      tidy = tidy.replaceAll(new RegExp(`&lt;(\\s*/?\\s*(?:${label})\\s*)&gt;`, 'giu'), '<$1>');
    }
    tidy = tidy.replaceAll(reference, (whole, decimal?: string, hex?: string, name?: string) =>
      character(whole, decimal, hex, name),
    );
  }
  if (tidy.includes('[')) {
    tidy = tidy.replaceAll(new RegExp(`\\[(${label})\\]([^[\\]]*)\\[/\\1\\]`, 'giu'), '<$1>$2</$1>');
  }
  if (!tidy.includes('<')) return withoutBold(tidy);
  tidy = tidy
    .replaceAll(generic, (whole, name: string, inside: string) =>
      labels.some((known) => known.toLowerCase() === name.toLowerCase())
        ? `<${name}>${inside}</${name}>`
        : whole,
    )
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
      isLabel(tag) || (close === '' && !isTag(name) && follows(words, at)) ? tag : '',
    ),
  );
}

/** Whether a letter or digit precedes a position: a "<" there may be a sign ("a<b>c"). */
function follows(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

/** `**<Disease>gout</Disease>**`, `<Disease>**gout**</Disease>` and `**gout**`, with underscores too. */
function withoutBold(text: string): string {
  if (!text.includes('**') && !text.includes('__') && !/[*_]<|>[*_]/.test(text)) return text;
  return text
    .replaceAll(/(\*\*|__)(?=\S)([^*\n]*?\S)\1/g, '$2')
    .replaceAll(/([*_])(<(\p{L}[^<>]*)>[^<>]*<\/[^<>]+>)\1/gu, '$2')
    .replaceAll(/(<\p{L}[^<>]*>)([*_])([^<>*]+)\2(<\/)/gu, '$1$3$4');
}

function character(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named.get(name.toLowerCase()) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  // Left for `parseInlineTags`: a "<" made here would be read as a tag.
  if (code === 0x3c || code === 0x3e || code === 0x26) return { 60: '&lt;', 62: '&gt;', 38: '&amp;' }[code];
  return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
