import { refuseUtf16 } from '../corpus/decode.ts';
import { openIfThere } from '../foundation/readFiles.ts';

export interface FileLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** The byte after the line end, or after the last byte if there is no line end. */
  readonly end: number;
  /** The file ends without a line end: the line may be incomplete. */
  readonly isUnended: boolean;
}

const chunkBytes = 1 << 20;

const byteOrderMark = Buffer.from('\uFEFF');

/**
 * The lines of a UTF-8 file of any size, without line ends and byte order mark; no lines if there is no such file. Starts at
 * byte `from`, which must be the start of a line, and counts lines from there. Stops at byte `bytes`. Throws `UserError`.
 */
export async function* fileLines(
  file: string,
  bytes = Number.POSITIVE_INFINITY,
  from = 0,
): AsyncGenerator<FileLine> {
  const handle = await openIfThere(file);
  if (handle === undefined) return;
  try {
    let rest = Buffer.alloc(0);
    let position = from;
    let number = 0;
    for (;;) {
      const room = Math.min(chunkBytes, bytes - position);
      const { bytesRead, buffer } = await handle.read(
        Buffer.alloc(Math.max(0, room)),
        0,
        Math.max(0, room),
        position,
      );
      if (bytesRead === 0) break;
      const isBeginning = position === 0;
      rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      position += bytesRead;
      if (isBeginning) refuseUtf16(rest, file);
      const hasMark = isBeginning && rest.subarray(0, byteOrderMark.length).equals(byteOrderMark);
      let start = hasMark ? byteOrderMark.length : 0;
      for (let at = rest.indexOf(0x0a); at !== -1; at = rest.indexOf(0x0a, start)) {
        const end = position - rest.length + at + 1;
        yield { text: rest.toString('utf8', start, at), number: ++number, end, isUnended: false };
        start = at + 1;
      }
      rest = rest.subarray(start);
    }
    if (rest.length > 0) {
      yield { text: rest.toString('utf8'), number: ++number, end: position, isUnended: true };
    }
  } finally {
    await handle.close();
  }
}
