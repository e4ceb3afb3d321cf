import type { TextRange } from '../document.ts';

/** A tagged range of the text without tags. */
export interface Mention extends TextRange {
  readonly label: string;
}

export interface TaggedText {
  readonly text: string;
  /** In text order and without overlap. */
  readonly mentions: readonly Mention[];
}

type TagProblem = 'malformed' | 'unknown-label';

export type InlineTagResult =
  | ({ readonly ok: true } & TaggedText)
  | { readonly ok: false; readonly problem: TagProblem; readonly detail: string };

// A tag or a character reference. Before a digit, a space or "=", "<" is only a sign ("p < 0.05").
// Groups: "/" of a closing tag, name, "/" of an empty tag; name of the referenced character.
const markup = /<(\/?)\s*(\p{L}[\p{L}\p{N}_-]*)(?:\s[^<>]*?)?(\/?)>|&(lt|gt|amp|quot|apos|#39);/gu;

/** What to do with tags whose names are not labels. */
type OtherTags = 'refuse' | 'keep as text';

const references: ReadonlyMap<string, string> = new Map(
  Object.entries({
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    apos: "'",
    '#39': "'",
  }),
);

/**
 * Reads a text with inline tags (`a <Disease>cold</Disease>`). Accepts labels in another case, attributes in tags, and
 * white space at the edges of mentions. Rejects nested, crossing, unclosed and empty tags.
 */
export function parseInlineTags(
  tagged: string,
  labels: readonly string[],
  others: OtherTags = 'refuse',
): InlineTagResult {
  const known = new Map(labels.map((label) => [label.toLowerCase(), label]));
  const mentions: Mention[] = [];
  let open: { readonly label: string; readonly start: number } | undefined;
  let text = '';
  let position = 0;

  for (const match of tagged.matchAll(markup)) {
    text += tagged.slice(position, match.index);
    position = match.index + match[0].length;
    const [, close, name = '', empty, reference] = match;
    if (reference !== undefined) {
      text += references.get(reference) ?? match[0];
      continue;
    }
    const label = known.get(name.toLowerCase());
    if (label === undefined && others === 'keep as text') {
      text += match[0];
      continue;
    }
    if (label === undefined) {
      return {
        ok: false,
        problem: 'unknown-label',
        detail: `the tag "${name}" is none of ${labels.join(', ')}`,
      };
    }
    if (empty === '/') return malformed(`the tag "${label}" holds nothing`);
    if (close === '') {
      if (open !== undefined) return malformed(`a "${label}" tag opens inside a "${open.label}" tag`);
      open = { label, start: text.length };
      continue;
    }
    if (open === undefined) return malformed(`a "${label}" tag closes that was not opened`);
    if (open.label !== label) return malformed(`a "${open.label}" tag is closed by a "${label}" tag`);
    const range = trimmed(text, open.start, text.length);
    if (range === undefined) return malformed(`a "${label}" tag holds nothing`);
    mentions.push({ ...range, label });
    open = undefined;
  }
  if (open !== undefined) return malformed(`a "${open.label}" tag is not closed`);
  text += tagged.slice(position);
  return { ok: true, text, mentions };
}

function malformed(detail: string): InlineTagResult {
  return { ok: false, problem: 'malformed', detail };
}

function trimmed(text: string, start: number, end: number): TextRange | undefined {
  const inside = text.slice(start, end);
  const from = start + (inside.length - inside.trimStart().length);
  const to = end - (inside.length - inside.trimEnd().length);
  return from < to ? { start: from, end: to } : undefined;
}

// Formatting in web pages and abstracts, as in CO<sub>2</sub>: these tags are not labels.
const formatting = new Set('a b br em i p small span strong sub sup u'.split(' '));

/** The names of the closing tags in a text, except those of formatting. */
export function closingTagNames(tagged: string): string[] {
  return Array.from(tagged.matchAll(markup)).flatMap(([, close, name = '']) => {
    return close === '/' && !formatting.has(name.toLowerCase()) ? [name] : [];
  });
}

/** The text with its mentions tagged; the inverse of `parseInlineTags`. */
export function formatInlineTags({ text, mentions }: TaggedText): string {
  let result = '';
  let position = 0;
  for (const { start, end, label } of mentions) {
    result += `${escapeMarkup(text.slice(position, start))}<${label}>${escapeMarkup(text.slice(start, end))}</${label}>`;
    position = end;
  }
  return result + escapeMarkup(text.slice(position));
}

/** Escapes only what would be read as markup, so that ordinary text does not change. */
function escapeMarkup(text: string): string {
  return text
    .replaceAll(/&(?=(?:lt|gt|amp|quot|apos|#39);)/g, '&amp;')
    .replaceAll(/<(?=\/?\s*\p{L})/gu, '&lt;')
    .replaceAll(/<$/g, '&lt;')
    .replaceAll(/&$/g, '&amp;');
}
