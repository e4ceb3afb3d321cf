import { escapePattern } from '../../foundation/pattern.ts';
import { mentionTypes, type Project } from '../../project/project.ts';
import { wordUnit } from '../../corpus/tagged/wordEdges.ts';

/** Words that are easily mistaken for a mention: the counter-examples of the types, without duplicates. */
export function lookalikesOf(
  types: readonly { readonly counterExamples: readonly string[] }[],
): readonly string[] {
  return [...new Set(types.flatMap(({ counterExamples }) => counterExamples))];
}

/** Matches texts that contain a counter-example of the project, ignoring case; undefined if it has none. */
export function lookalikePattern(project: Project): RegExp | undefined {
  const words = lookalikesOf(mentionTypes(project)).filter((word) => word.trim() !== '');
  if (words.length === 0) return undefined;
  const choice = words.map((word) => escapePattern(word.trim())).join('|');
  return new RegExp(`(?<!${wordUnit.source})(?:${choice})(?!${wordUnit.source})`, 'iu');
}
