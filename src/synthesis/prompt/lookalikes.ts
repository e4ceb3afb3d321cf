import { mentionTypes, type Project } from '../../project/project.ts';

/** Words that are easily mistaken for a mention: the counter-examples of the types, each once. */
export function lookalikesOf(
  types: readonly { readonly counterExamples: readonly string[] }[],
): readonly string[] {
  return [...new Set(types.flatMap(({ counterExamples }) => counterExamples))];
}

/** Tells texts that hold such a word of a project; nothing where it lists none. Capitals do not count. */
export function lookalikePattern(project: Project): RegExp | undefined {
  const words = lookalikesOf(mentionTypes(project)).filter((word) => word.trim() !== '');
  if (words.length === 0) return undefined;
  const choice = words.map((word) => word.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  // Other scripts write words without blanks, or join them with particles.
  const letter = '[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Nd}]';
  return new RegExp(`(?<!${letter})(?:${choice})(?!${letter})`, 'iu');
}
