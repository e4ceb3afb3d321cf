import { batchEndpoint } from '../../llm/batch/batchService.ts';
import { limitReached } from '../../runs/endings.ts';
import { batchPrice } from '../../llm/cost/prices.ts';
import { throwIfCancelled } from '../../foundation/userError.ts';
import { recordOfSpec } from '../run/specRecord.ts';
import type { ReplyForm } from '../../llm/provider.ts';
import { completionBody, usualLimitName } from '../../llm/openai/completionBody.ts';
import { requestSource } from '../run/nextRequest.ts';
import { concludeReply, pendingReplies, type OpenRun } from '../run/openRun.ts';
import { addTexts, sumOfCounts, requestedTexts } from '../plan/textCount.ts';
import { addBatches, listedPath, type Batch } from '../../runs/batches/batchList.ts';
import { formatCustomId } from './customId.ts';
import { createPartFiles, usualLimits, type PartLimits } from '../../llm/batch/partFiles.ts';

interface WriteOptions {
  readonly file: string;
  /** How the service is told to answer; what it has shown to understand, else by schema. */
  readonly form?: ReplyForm;
  readonly limits?: Partial<PartLimits>;
}

interface WrittenBatches {
  readonly batches: readonly Batch[];
  readonly requests: number;
  readonly texts: number;
  /** The most that they can cost together in USD, where the price is known. */
  readonly upToUsd?: number;
  /** More are wanted, but could pass the limit of what the run may cost. */
  readonly isLimited: boolean;
}

/** So many requests are on their way to the ledger at once. */
const mostAhead = 512;

/**
 * Writes the requests that a run still needs as batch files. Each is in the ledger, and the files count for
 * Chartmark once all of them are whole and listed; until then their requests are free. Throws `UserError` or
 * `CancelledError`.
 */
export async function writeBatches(
  context: OpenRun,
  { file: target, form, limits }: WriteOptions,
  signal?: AbortSignal,
): Promise<WrittenBatches> {
  const { run, out, plan, provider, folder, tally, account } = context;
  for (const answered of pendingReplies(context)) await concludeReply(context, answered);
  const price = batchPrice(context.price);
  const source = requestSource(plan, folder.state, { account, price });
  const shape = {
    model: provider.model,
    form: form ?? folder.state.form ?? ('schema' as const),
    limitName: usualLimitName(provider.destination.host),
  };
  const files = createPartFiles(target, folder.state.lastBatch + 1, { ...usualLimits, ...limits });
  const upTo = new Map<number, number>();
  const expected = sumOfCounts([tally]);
  const recorded: Promise<void>[] = [];
  let requests = 0;
  let texts = 0;
  let isLimited = false;
  try {
    for (;;) {
      throwIfCancelled(signal);
      const next = source({ tally: expected, flying: [] });
      if (next.kind === 'too-dear' && requests === 0) throw limitReached(account, next.upTo);
      if (next.kind !== 'request') {
        isLimited = next.kind === 'too-dear';
        break;
      }
      const { index, spec, composed } = next;
      const body = completionBody(composed.request, shape);
      const batch = await files.add((number) => {
        const custom_id = formatCustomId({ run, batch: number, index, prompt: composed.promptHash });
        return `${JSON.stringify({ custom_id, method: 'POST', url: batchEndpoint, body })}\n`;
      });
      recorded.push(
        folder.requested({
          index,
          prompt: composed.promptHash,
          ...recordOfSpec(spec),
          ...(price === undefined ? {} : { upTo: composed.upTo }),
          batch,
        }),
      );
      if (recorded.length >= mostAhead) await Promise.all(recorded.splice(0));
      account.reserve(composed.upTo);
      upTo.set(batch, (upTo.get(batch) ?? 0) + composed.upTo);
      addTexts(expected, requestedTexts(spec));
      requests++;
      texts += spec.texts;
    }
    await Promise.all(recorded);
    const batches: Batch[] = [];
    for (const part of await files.finish()) {
      const file = listedPath(out, part.file);
      batches.push({
        ...part,
        file,
        form: shape.form,
        ...(price === undefined ? {} : { upTo: upTo.get(part.number) ?? 0 }),
      });
    }
    await addBatches(out, batches);
    return {
      batches,
      requests,
      texts,
      ...(price === undefined ? {} : { upToUsd: [...upTo.values()].reduce((sum, most) => sum + most, 0) }),
      isLimited,
    };
  } catch (error) {
    await Promise.allSettled(recorded);
    await files.abandon();
    throw error;
  }
}
