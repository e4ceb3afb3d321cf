import { overlap } from '../../corpus/document.ts';
import type { Mention } from '../../corpus/tagged/inlineTags.ts';

/** How mentions differ after texts were labelled again. */
export interface Changes {
  readonly added: number;
  readonly removed: number;
  /** The same type with another start or end. */
  readonly boundary: number;
  readonly type: number;
}

export const noChanges: Changes = { added: 0, removed: 0, boundary: 0, type: 0 };

/** Compares the mentions of one text. Neither list has overlaps. */
export function changesBetween(before: readonly Mention[], after: readonly Mention[]): Changes {
  const changes = { ...noChanges };
  const left = new Set(before);
  for (const mention of after) {
    const met = [...left].filter((other) => overlap(other, mention));
    const own = met.find((other) => isSamePlace(other, mention)) ?? met[0];
    if (own === undefined) {
      changes.added++;
      continue;
    }
    left.delete(own);
    if (own.label !== mention.label) changes.type++;
    else if (!isSamePlace(own, mention)) changes.boundary++;
  }
  changes.removed = left.size;
  return changes;
}

export function addChanges(a: Changes, b: Changes): Changes {
  return {
    added: a.added + b.added,
    removed: a.removed + b.removed,
    boundary: a.boundary + b.boundary,
    type: a.type + b.type,
  };
}

export function isSameLabelling(a: readonly Mention[], b: readonly Mention[]): boolean {
  return (
    a.length === b.length &&
    a.every((mention, index) => {
      const other = b[index];
      return other !== undefined && isSamePlace(mention, other) && mention.label === other.label;
    })
  );
}

function isSamePlace(a: Mention, b: Mention): boolean {
  return a.start === b.start && a.end === b.end;
}
