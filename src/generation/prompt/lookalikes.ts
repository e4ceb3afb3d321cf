import { wordUnit } from '../../corpus/tagged/wordEdges.ts';
import { escapePattern } from '../../foundation/pattern.ts';
import { type EntityType, mentionTypes, type Project, topicsOf } from '../../project/project.ts';
import { type KindOfWords, kindsOfWords, tagsKind } from './kindsOfWords.ts';

/**
 * Words that are easily mistaken for a mention, for texts that are to have none: the counter-examples of the tagged `types`,
 * each once. One that is, or probably is, a mention of another of these types is left out: it could not stay untagged.
 */
export function lookalikesOf(types: readonly EntityType[], topics: Project['topics']): readonly string[] {
  const words = types.flatMap((type) => {
    const others = types.filter((other) => other !== type);
    const names = new Set(
      others.flatMap(({ name, examples }) => [...examples, ...topicsOf({ topics }, name)].map(shapeOf)),
    );
    return type.counterExamples.filter((word) => !names.has(shapeOf(word)) && !isLikelyOf(others, word));
  });
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
}

/** Matches texts that contain a word of `lookalikesOf`, ignoring case; undefined if there is none. */
export function lookalikePattern(project: Project): RegExp | undefined {
  const words = lookalikesOf(mentionTypes(project), project.topics);
  if (words.length === 0) return undefined;
  const choice = words.map(escapePattern).join('|');
  return new RegExp(`(?<!${wordUnit.source})(?:${choice})(?!${wordUnit.source})`, 'iu');
}

/**
 * What texts without a mention may contain, in words for a prompt: only what no type of the project tags. The name of a
 * type is a bare word only if the type says so: "disease" is no Disease, but "pain" may be a Pain.
 */
export function harmlessContents(types: readonly EntityType[]): string {
  const { findings, procedures, anatomy, genes, measurements } = kindsOfWords;
  const free = [findings, procedures, anatomy, genes, measurements].filter((kind) => !tagsKind(types, kind));
  const bare = types
    .filter(({ name, counterExamples }) =>
      counterExamples.some((word) => shapeOf(word) === name.toLowerCase()),
    )
    .map(({ name }) => `"${name.toLowerCase()}"`);
  return [
    ...free.map(({ name }) => name),
    ...(bare.length === 0 ? [] : [`bare words such as ${bare.join(' or ')}`]),
    'plans, instructions, appointments and everyday matters',
  ].join(', ');
}

/** A name as it is compared: numbers count only as numbers, so that "BP 120/80" is like "BP 95/60". */
function shapeOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/\d+/gu, '0')
    .replace(/(?<=[^s])s$/u, '');
}

function isLikelyOf(types: readonly EntityType[], word: string): boolean {
  const kinds: readonly KindOfWords[] = Object.values(kindsOfWords);
  return kinds.some((kind) => kind.words.test(word) && tagsKind(types, kind));
}
