import type { TaggedText } from '../../corpus/tagged/inlineTags.ts';
import { splitWords } from '../../corpus/words.ts';
import type { Doubt } from './doubt.ts';

/** How often a word comes before names of a type. */
interface Places {
  /** As the first word of the mention, before others. */
  inside: number;
  /** Directly before it. */
  outside: number;
}

interface Modifier {
  readonly key: string;
  readonly place: keyof Places;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

const leastShare = 0.6;
/** Fewer uses say nothing about a word. */
const leastUses = 4;

/**
 * Words that are mostly outside the names that follow them, but inside one here ("severe anemia"), or the other way round
 * ("acute"). Returns a list for each text.
 */
export function modifierDoubts(texts: readonly TaggedText[]): readonly (readonly Doubt[])[] {
  const modifiers = texts.map(modifiersOf);
  const counts = new Map<string, Places>();
  for (const { key, place } of modifiers.flat()) {
    const own = counts.get(key) ?? { inside: 0, outside: 0 };
    counts.set(key, own);
    own[place]++;
  }
  return texts.map(({ text }, index) =>
    (modifiers[index] ?? []).flatMap(({ key, place, start, end, label }): readonly Doubt[] => {
      const { inside, outside } = counts.get(key) ?? { inside: 0, outside: 0 };
      const others = place === 'inside' ? outside : inside;
      const strength = others / (inside + outside);
      if (inside + outside < leastUses || strength < leastShare) return [];
      const word = `"${text.slice(start, end)}"`;
      const reason =
        place === 'inside'
          ? `${word} is inside a ${label} tag here, but outside of it at ${others} of ${inside + outside} places before such a name`
          : `${word} stands before a ${label} tag here, but inside of it at ${others} of ${inside + outside} places before such a name`;
      return [{ reason, strength, range: { start, end } }];
    }),
  );
}

/** The words before names, and the first words of names that have several. */
function modifiersOf({ text, mentions }: TaggedText): readonly Modifier[] {
  const words = splitWords(text);
  return mentions.flatMap((mention) => {
    const first = words.findIndex(({ end }) => end > mention.start);
    const [before, at, next] = [words[first - 1], words[first], words[first + 1]];
    return [
      { word: before, place: 'outside' } as const,
      { word: next !== undefined && next.end <= mention.end ? at : undefined, place: 'inside' } as const,
    ].flatMap(({ word, place }) => {
      const surface = word === undefined ? '' : text.slice(word.start, word.end);
      return word !== undefined && /^\p{L}{2,}$/u.test(surface)
        ? [{ key: `${mention.label} ${surface.toLowerCase()}`, place, ...word, label: mention.label }]
        : [];
    });
  });
}
