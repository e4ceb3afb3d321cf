import { counted } from '../foundation/numbers.ts';
import type { ReadContext } from './readContext.ts';

/** Counts what a reader changes or leaves out in one file, so that each kind is reported once and not for each line. */
export interface ReadingNotes {
  /** The path, for errors. */
  readonly file: string;
  /** A mention whose stated offsets did not fit its words was moved to them. */
  readonly moved: (line: number) => void;
  /** Something cannot be kept. `thing` is a noun for one of it, `things` its plural if that is not `thing` with an s. */
  readonly leftOut: (line: number, thing: string, things?: string) => void;
  /** Reports everything counted since the last call, each kind at the line where it came first. */
  readonly report: () => void;
}

interface Tally {
  readonly line: number;
  readonly things: string | undefined;
  count: number;
}

export function readingNotes(context: Pick<ReadContext, 'file' | 'report'>): ReadingNotes {
  const moved = new Map<string, Tally>();
  const leftOut = new Map<string, Tally>();
  const add = (tallies: Map<string, Tally>, line: number, thing: string, things?: string): void => {
    const tally = tallies.get(thing);
    if (tally === undefined) tallies.set(thing, { line, things, count: 1 });
    else tally.count++;
  };
  return {
    file: context.file,
    moved: (line) => add(moved, line, 'mention'),
    leftOut: (line, thing, things) => add(leftOut, line, thing, things),
    report() {
      for (const [thing, { line, things, count }] of moved) {
        const message = `The offsets of ${counted(count, thing, things)} did not fit the text; the words in the file show the right place.`;
        context.report(line, 'moved', message);
      }
      for (const [thing, { line, things, count }] of leftOut) {
        context.report(line, 'left-out', `Left out: ${counted(count, thing, things)}.`);
      }
      moved.clear();
      leftOut.clear();
    },
  };
}
