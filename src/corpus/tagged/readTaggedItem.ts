import { parseInlineTags, type TaggedText } from './inlineTags.ts';
import { leftoverMarkup } from './leftoverMarkup.ts';
import { type ListedName, tagListedNames } from './listedNames.ts';
import { tidyTags } from './tidyTags.ts';

/** A text with inline tags as written by a model or a person, and what comes with it. */
interface TaggedItem {
  readonly text: string;
  /** Whether a relation sentence states the relation. */
  readonly related?: boolean;
  /** Names listed for the text, if there is such a list. */
  readonly names?: readonly ListedName[];
  /** Other short strings by key: `{"text", "gene": "CFTR"}` names a mention by its label. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Why it cannot be used. */
  readonly problem?: string;
}

export type ReadProblem = 'malformed' | 'unknown-label' | 'ambiguous-mention' | 'mention-absent';

export type ReadResult =
  | ({ readonly ok: true } & TaggedText)
  | { readonly ok: false; readonly problem: ReadProblem; readonly detail: string };

/** Reads the text and mentions of an item from its tags, its listed names, or both. */
export function readTaggedItem(item: TaggedItem, labels: readonly string[]): ReadResult {
  if (item.problem !== undefined) return malformed(item.problem);
  const parsed = parseInlineTags(tidyTags(item.text, labels), labels);
  if (!parsed.ok) return parsed;
  const leftover = leftoverMarkup(parsed.text, labels);
  if (leftover !== undefined) return malformed(leftover);
  const names = item.names ?? (parsed.mentions.length === 0 ? namesInFields(item, labels) : []);
  return names.length === 0 ? parsed : tagListedNames(parsed, names, labels);
}

/** The names in fields whose keys are labels or, in a relation sentence, "head" and "tail". */
export function namesInFields(
  { fields = {}, related }: TaggedItem,
  labels: readonly string[],
): readonly ListedName[] {
  const ends = related === undefined ? [] : ['head', 'tail'];
  return Object.entries(fields).flatMap(([key, surface]) => {
    const name = key.toLowerCase();
    const label = labels.find((known) => known.toLowerCase() === name) ?? labels[ends.indexOf(name)];
    return label === undefined || /^(?:none|null|n\/a|-|)$/i.test(surface.trim()) ? [] : [{ surface, label }];
  });
}

export function malformed(detail: string): ReadResult {
  return { ok: false, problem: 'malformed', detail };
}
