import type { Document } from '../../corpus/document.ts';
import { addLabelledNames, type NameIndex, newNameIndex, nameUses } from '../../corpus/tagged/nameUses.ts';
import type { MixedNames } from './balance.ts';

/** The names that are listed. */
const mostListed = 20;

/**
 * Finds names that are tagged in some texts of a run and untagged in others. Every text must first be given to `addNames`,
 * and then to `addUses`, so that a run need not fit into memory.
 */
export function mixedNamesCounter(): {
  readonly addNames: (document: Document) => void;
  readonly addUses: (document: Document) => void;
  readonly result: () => MixedNames;
} {
  const index: NameIndex = newNameIndex();
  const counts = new Map<string, { readonly name: string; tagged: number; untagged: number }>();
  return {
    addNames: (document) => addLabelledNames(index, taggedOf(document)),
    addUses: (document) => {
      for (const { key, range, use } of nameUses(taggedOf(document), index)) {
        const own = counts.get(key) ?? {
          name: document.text.slice(range.start, range.end),
          tagged: 0,
          untagged: 0,
        };
        counts.set(key, own);
        if (use.kind === 'labelled') own.tagged++;
        else if (use.kind === 'bare') own.untagged++;
      }
    },
    result: () => {
      const mixed = [...counts.values()].filter(({ tagged, untagged }) => tagged > 0 && untagged > 0);
      const sorted = mixed.toSorted(
        (a, b) => minority(b) - minority(a) || b.tagged - a.tagged || (a.name < b.name ? -1 : 1),
      );
      return {
        names: mixed.length,
        places: mixed.reduce((sum, one) => sum + minority(one), 0),
        most: sorted.slice(0, mostListed),
      };
    },
  };
}

/** How many places would have to change for the name to be the same everywhere. */
function minority({ tagged, untagged }: { readonly tagged: number; readonly untagged: number }): number {
  return Math.min(tagged, untagged);
}

function taggedOf({ text, spans }: Document): Parameters<typeof nameUses>[0] {
  return { text, mentions: spans.filter(({ fragments }) => fragments === undefined) };
}
