import { throwIfCancelled } from '../../foundation/userError.ts';
import { batchEndpoint } from '../../llm/batch/batchService.ts';
import { createPartFiles, type PartFiles, type PartLimits, usualLimits } from '../../llm/batch/partFiles.ts';
import { batchPrice } from '../../llm/cost/prices.ts';
import { completionBody, usualLimitName } from '../../llm/openai/completionBody.ts';
import type { ReplyForm } from '../../llm/provider.ts';
import { addBatches, type Batch, listedPath } from '../../runs/batches/batchList.ts';
import { limitReached } from '../../runs/endings.ts';
import { addTexts, sumOfCounts, requestedTexts } from '../plan/textCount.ts';
import { requestSource } from '../run/nextRequest.ts';
import { concludeReply, type OpenRun, pendingReplies } from '../run/openRun.ts';
import { recordOfSpec } from '../run/specRecord.ts';
import { formatCustomId } from './customId.ts';

interface WriteOptions {
  readonly file: string;
  /** How replies are asked for. By default as the service has replied before, else by schema. */
  readonly form?: ReplyForm;
  readonly limits?: Partial<PartLimits>;
}

export interface WrittenBatches {
  readonly batches: readonly Batch[];
  readonly requests: number;
  readonly texts: number;
  /** The most that they can cost together in USD, if the price is known. */
  readonly upToUsd?: number;
  /** More are wanted, but could pass the limit of what the run may cost. */
  readonly isLimited: boolean;
}

/** The most requests that are on their way to the ledger at once. */
const mostAhead = 512;

/**
 * Writes the requests that a run still needs as batch files. Each request is recorded in the ledger. The files count once
 * all of them are complete and listed; until then their requests can be sent in other ways. Throws `UserError` or
 * `CancelledError`.
 */
export async function writeBatches(
  context: OpenRun,
  { file, form, limits }: WriteOptions,
  signal?: AbortSignal,
): Promise<WrittenBatches> {
  const { out, provider, folder } = context;
  for (const answered of pendingReplies(context)) await concludeReply(context, answered);
  const isPriced = context.price !== undefined;
  const shape = {
    model: provider.model,
    form: form ?? folder.state.form ?? 'schema',
    limitName: usualLimitName(provider.destination.host),
  } as const;
  const files = createPartFiles(file, folder.state.lastBatch + 1, { ...usualLimits, ...limits });
  try {
    const { upTo, ...counts } = await writeRequests(context, { files, shape, signal });
    const batches: Batch[] = [];
    for (const { number, file: written, requests, bytes, sha256 } of await files.finish()) {
      const cost = isPriced ? { upTo: upTo.get(number) ?? 0 } : {};
      const listed = listedPath(out, written);
      batches.push({ number, file: listed, requests, bytes, sha256, form: shape.form, ...cost });
    }
    await addBatches(out, batches);
    const sum = [...upTo.values()].reduce((total, most) => total + most, 0);
    return { ...counts, batches, ...(isPriced ? { upToUsd: sum } : {}) };
  } catch (error) {
    await files.abandon();
    throw error;
  }
}

interface Writing {
  readonly files: PartFiles;
  readonly shape: Parameters<typeof completionBody>[1];
  readonly signal: AbortSignal | undefined;
}

interface WrittenRequests extends Pick<WrittenBatches, 'requests' | 'texts' | 'isLimited'> {
  /** The most that the requests of each batch can cost, by its number. */
  readonly upTo: ReadonlyMap<number, number>;
}

/** Writes requests until they are enough, or the next one could pass the limit; all are in the ledger then. */
async function writeRequests(context: OpenRun, { files, shape, signal }: Writing): Promise<WrittenRequests> {
  const { run, plan, folder, tally, account } = context;
  const price = batchPrice(context.price);
  const nextRequest = requestSource(plan, folder.state, { account, price });
  const expected = sumOfCounts([tally]);
  const upTo = new Map<number, number>();
  const recorded: Promise<void>[] = [];
  let requests = 0;
  let texts = 0;
  try {
    for (;;) {
      throwIfCancelled(signal);
      const next = nextRequest(expected, []);
      if (next.kind === 'over limit' && requests === 0) throw limitReached(account, next.upTo);
      if (next.kind !== 'request') {
        await Promise.all(recorded);
        return { requests, texts, upTo, isLimited: next.kind === 'over limit' };
      }
      const { index, spec, composed } = next;
      const body = completionBody(composed.request, shape);
      const batch = await files.add((number) => {
        const custom_id = formatCustomId({ run, batch: number, index, prompt: composed.promptHash });
        return `${JSON.stringify({ custom_id, method: 'POST', url: batchEndpoint, body })}\n`;
      });
      const cost = price === undefined ? {} : { upTo: composed.upTo };
      const record = { index, prompt: composed.promptHash, ...recordOfSpec(spec), ...cost, batch };
      recorded.push(folder.requested(record));
      if (recorded.length >= mostAhead) await Promise.all(recorded.splice(0));
      account.reserve(composed.upTo);
      upTo.set(batch, (upTo.get(batch) ?? 0) + composed.upTo);
      addTexts(expected, requestedTexts(spec));
      requests++;
      texts += spec.texts;
    }
  } catch (error) {
    await Promise.allSettled(recorded);
    throw error;
  }
}
