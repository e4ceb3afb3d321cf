import { escapePattern } from '../../foundation/pattern.ts';
import type { TextRange } from '../document.ts';
import type { Mention, TaggedText } from './inlineTags.ts';
import { inTextOrder, isCaseSensitive, isFree, longestFirst, wordOccurrences } from './otherOccurrences.ts';

/** A name that is listed with a text and has to be found in it. */
export interface ListedName {
  readonly surface: string;
  readonly label: string;
}

type ListedProblem = 'unknown-label' | 'ambiguous-mention' | 'mention-absent';

export type ListedResult =
  | ({ readonly ok: true } & TaggedText)
  | { readonly ok: false; readonly problem: ListedProblem; readonly detail: string };

/**
 * Tags the first whole-word occurrence of each name that a reply lists with a text. Fails if a label is not in `labels`,
 * or if a name has two labels, is not in the text, or occurs there only inside or across a name with another label.
 */
export function tagListedNames(
  tagged: TaggedText,
  listed: readonly ListedName[],
  labels: readonly string[],
): ListedResult {
  const { text } = tagged;
  const known = new Map(labels.map((label) => [label.toLowerCase(), label]));
  const names = new Map<string, ListedName>();
  for (const { surface: written, label: name } of listed) {
    const label = known.get(name.trim().toLowerCase());
    if (label === undefined) {
      return refuse('unknown-label', `a listed name has a label that is none of ${labels.join(', ')}`);
    }
    const surface = asInText(text, written.trim());
    if (surface === undefined) return refuse('mention-absent', 'a listed name is not in the text');
    const previous = names.get(surface)?.label ?? label;
    if (previous !== label) {
      return refuse('ambiguous-mention', `one name is listed both as "${previous}" and "${label}"`);
    }
    names.set(surface, { surface, label });
  }
  const mentions: Mention[] = [...tagged.mentions];
  for (const { surface, label } of longestFirst([...names.values()])) {
    const places = wordOccurrences(text, surface);
    const free = places.find((place) => isFree(place, mentions));
    if (free !== undefined) mentions.push({ ...free, label });
    else if (!places.some((place) => isInside(place, label, mentions))) {
      return refuse('mention-absent', 'a listed name is no word of the text, or only a part of another name');
    }
  }
  return { ok: true, text, mentions: inTextOrder(mentions) };
}

function isInside({ start, end }: TextRange, label: string, mentions: readonly Mention[]): boolean {
  return mentions.some((mention) => mention.label === label && mention.start <= start && end <= mention.end);
}

/** The name as written in the text: models copy names with different spaces, quotes, dashes and, if long, capitals. */
function asInText(text: string, surface: string): string | undefined {
  if (surface === '') return undefined;
  if (text.includes(surface)) return surface;
  const pattern = escapePattern(surface)
    .replaceAll(/\s+/g, '\\s+')
    .replaceAll(/[-\u2010-\u2014]/g, '[-\u2010-\u2014]')
    .replaceAll(/['\u2018\u2019]/g, "['\u2018\u2019]");
  return new RegExp(pattern, isCaseSensitive(surface) ? 'u' : 'iu').exec(text)?.[0];
}

function refuse(problem: ListedProblem, detail: string): ListedResult {
  return { ok: false, problem, detail };
}
