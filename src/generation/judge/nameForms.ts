import type { Topic } from '../plan/requestSpec.ts';

/** Singular endings with their plurals, in English and in medical Latin and Greek. */
const plurals: readonly (readonly [RegExp, string])[] = [
  [/(?<=[^aeiou])y$/, 'ies'],
  [/is$/, 'es'],
  [/us$/, 'i'],
  [/um$/, 'a'],
];
const singulars: readonly (readonly [RegExp, string])[] = [
  [/(?<=[^aeiou])ies$/, 'y'],
  [/(?<=(?:s|x|z|ch|sh))es$/, ''],
  [/ses$/, 'sis'],
  [/(?<=[^suiy])s$/, ''],
];
/** Shorter names are abbreviations: "MS" is not the plural of "M". */
const shortest = 5;

const known = new WeakMap<Topic, readonly string[]>();

/**
 * The forms in which texts may have a topic, in lower case: first its name, then its plural or singular ("neuropathies"
 * for "neuropathy"). Plurals that only add "s" or "es" are not listed.
 */
export function nameForms(topic: Topic): readonly string[] {
  const before = known.get(topic);
  if (before !== undefined) return before;
  const name = topic.name.toLowerCase();
  const others = [...plurals, ...singulars].flatMap(([ending, other]) =>
    name.length >= shortest && ending.test(name) ? [name.replace(ending, other)] : [],
  );
  const forms = [name, ...others];
  known.set(topic, forms);
  return forms;
}
