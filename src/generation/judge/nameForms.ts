import type { Topic } from '../plan/requestSpec.ts';

/** Endings and what they are in the plural, of English and of the Latin and Greek that medicine keeps. */
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
/** Short names are abbreviations: "MS" is no plural of "M". */
const shortest = 5;

const known = new WeakMap<Topic, readonly string[]>();

/**
 * A name that was asked for as texts may have it, in lower case: itself, then in the plural or the singular
 * ("neuropathies" for "neuropathy"). A plural with "s" or "es" alone is not listed.
 */
export function nameForms(seed: Topic): readonly string[] {
  const before = known.get(seed);
  if (before !== undefined) return before;
  const name = seed.name.toLowerCase();
  const others = [...plurals, ...singulars].flatMap(([ending, other]) =>
    name.length >= shortest && ending.test(name) ? [name.replace(ending, other)] : [],
  );
  const forms = [name, ...others];
  known.set(seed, forms);
  return forms;
}
