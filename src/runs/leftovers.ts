import { isJsonObject, type JsonObject, tryParseJson } from '../foundation/json.ts';
import { openIfThere } from '../foundation/readFiles.ts';
import { UserError } from '../foundation/userError.ts';
import { parseReply } from '../llm/reply/parseReply.ts';
import { fileLines } from './jsonLines.ts';
import { runFiles } from './runFiles.ts';
import type { LedgerState, PendingReply } from './ledgerState.ts';

/** Whether a complete line can come from replies that have no outcome yet. */
export type Explains = (line: JsonObject, pending: readonly PendingReply[]) => boolean;

/**
 * Checks that nothing is lost if a file is cut to `bytes`, its length at the last outcome: the rest may only have lines from
 * replies without an outcome, which are judged again, and an incomplete last line. Changes nothing. Throws `UserError`.
 */
export async function checkLeftovers(
  file: string,
  bytes: number,
  { pending, nextIndex }: Pick<LedgerState, 'pending' | 'nextIndex'>,
  explains: Explains,
): Promise<void> {
  const size = await sizeAfter(file, bytes);
  if (size === undefined || size <= bytes) return;
  if (nextIndex === 0) throw unexplained(file);
  for await (const { text, isUnended } of fileLines(file, size, bytes)) {
    const line = tryParseJson(text);
    // Left by a crash or a power cut.
    const isIncomplete = line === undefined && (isUnended || text.includes('\0'));
    if (!isIncomplete && (!isJsonObject(line) || !explains(line, pending))) throw unexplained(file);
  }
}

export const explainsRejected: Explains = ({ request }, pending) =>
  pending.some((one) => one.request.index === request);

/** Accepted texts name their prompt and are in a reply to it. There are at most as many as texts in the replies. */
export function explainsAccepted(): Explains {
  const textsOf = new Map<PendingReply, readonly string[]>();
  let lines = 0;
  return ({ text, meta }, pending) => {
    for (const one of pending) {
      if (!textsOf.has(one)) {
        textsOf.set(
          one,
          parseReply(one.reply.text).map((item) => item.text),
        );
      }
    }
    const most = pending.reduce((sum, one) => sum + (textsOf.get(one) ?? []).length, 0);
    const prompt = isJsonObject(meta) ? meta['prompt'] : undefined;
    return (
      ++lines <= most &&
      pending.some(
        (one) => one.request.prompt === prompt && textsOf.get(one)?.some((said) => isOf(text, said)) === true,
      )
    );
  };
}

/** Whether `text` comes from `said`, which also has tags and may have character references. */
function isOf(text: unknown, said: string): boolean {
  if (typeof text !== 'string') return false;
  let at = 0;
  for (const letter of text.replaceAll(/[^A-Za-z0-9]/g, '')) {
    at = said.indexOf(letter, at) + 1;
    if (at === 0) return said.includes('&');
  }
  return true;
}

/** The length of a file whose first `bytes` bytes are complete lines. Undefined if there is no file. */
async function sizeAfter(file: string, bytes: number): Promise<number | undefined> {
  const handle = await openIfThere(file);
  if (handle === undefined && bytes === 0) return undefined;
  try {
    const size = (await handle?.stat())?.size ?? 0;
    const last = await handle?.read(Buffer.alloc(1), 0, 1, Math.max(0, bytes - 1));
    if (size < bytes || (bytes > 0 && (last?.bytesRead !== 1 || last.buffer[0] !== 0x0a))) {
      throw new UserError('This file does not match the ledger: it was changed after the run wrote it.', {
        place: { file },
        nextStep: 'Restore it, or start a new run in another folder.',
      });
    }
    return size;
  } finally {
    await handle?.close();
  }
}

function unexplained(file: string): UserError {
  return new UserError('This file has lines that do not come from a reply in the ledger next to it.', {
    place: { file },
    nextStep: `Restore the ${runFiles.ledger} that belongs to this file, or choose another folder.`,
  });
}
