import { UserError } from '../foundation/userError.ts';
import type { Source, Span, TextRange } from './document.ts';
import { spanOver } from './parts.ts';
import { placeSpans } from './placeSpans.ts';
import type { ReadingNotes } from './readingNotes.ts';

/** A mention as a file states it. */
export interface MentionDraft {
  readonly id: string;
  readonly label: string;
  /** In code points, end exclusive; several for a discontinuous mention. */
  readonly ranges: readonly TextRange[];
  /** The words that the file quotes for the mention, the parts joined by a space; undefined if it quotes none. */
  readonly words?: string | undefined;
  /** A person, if undefined. */
  readonly source?: Source | undefined;
  readonly score?: number | undefined;
  /** The line of the file, from 1, for errors and reports. */
  readonly line: number;
}

/**
 * The mentions of a text as spans, in the order given. A mention whose offsets do not fit its quoted words is moved to
 * them (see `placeSpans`). Parts of a mention between which there is only white space, or nothing, become one. Throws
 * `UserError` with the line for a mention that has no place, no label or parts that overlap.
 */
export function placeMentions(
  text: string,
  drafts: readonly MentionDraft[],
  notes: Pick<ReadingNotes, 'file' | 'moved'>,
): Span[] {
  const inOrder = drafts.map((draft) => ({
    ...draft,
    ranges: draft.ranges.toSorted((a, b) => a.start - b.start),
  }));
  const placements = placeSpans(text, inOrder);
  return inOrder.map((draft, index) => {
    const placement = placements[index];
    if (placement === undefined || !('ranges' in placement)) {
      const outside = placement?.kind === 'outside';
      throw broken(
        notes.file,
        draft.line,
        outside
          ? 'the offsets are no part of the text'
          : 'the text at its offsets is not what the file quotes',
      );
    }
    if (placement.kind === 'moved') notes.moved(draft.line);
    return toSpan(text, draft, placement.ranges, notes.file);
  });
}

function toSpan(text: string, draft: MentionDraft, ranges: readonly TextRange[], file: string): Span {
  const { id, label, source = 'human', score, line } = draft;
  try {
    return spanOver(text, { id, label, source, ...(score === undefined ? {} : { score }) }, ranges);
  } catch (error) {
    throw error instanceof RangeError ? broken(file, line, error.message) : error;
  }
}

function broken(file: string, line: number, reason: string): UserError {
  return new UserError(`This mention cannot be read: ${reason}.`, {
    place: { file, line },
    nextStep: 'Correct its offsets and words, or remove it.',
  });
}
