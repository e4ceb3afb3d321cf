import type { CompletionReply } from '../provider.ts';
import { costOf, type TokenPrice } from './prices.ts';

/** What the replies of a run used. */
export interface Usage {
  readonly replies: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  /** The most that tries without a reply may have cost. */
  readonly unansweredUsd: number;
}

/** What a run has used and may still use. Amounts are in USD; they are all zero if no price is known. */
export interface Account {
  readonly usage: Usage;
  readonly maxCostUsd: number | undefined;
  /** The most that requests in flight can cost. */
  reservedUsd(): number;
  /** Whether a request that costs at most `upTo` can be sent without exceeding the limit. */
  fits(upTo: number): boolean;
  /** Counts a request as in flight, at the highest price it can have. */
  reserve(upTo: number): void;
  /** Settles a reserved request that was answered, `at` the run's price by default. Returns its cost. */
  answered(upTo: number, reply: CompletionReply, at?: TokenPrice): number;
  /** Settles a reserved try that failed but may be charged; the next try needs a new reservation. */
  unanswered(upTo: number): void;
  /** Settles a reserved request that ended without a charge. */
  release(upTo: number): void;
}

/** Rounding errors in sums of small amounts are less than this. */
const rounding = 1e-9;

export function createAccount(before: Usage, price: TokenPrice | undefined, maxCostUsd?: number): Account {
  const usage = { ...before };
  let reserved = 0;
  return {
    usage,
    maxCostUsd,
    reservedUsd: () => reserved,
    fits: (upTo) =>
      maxCostUsd === undefined ||
      usage.costUsd + usage.unansweredUsd + reserved + upTo <= maxCostUsd + rounding,
    reserve: (upTo) => {
      reserved += upTo;
    },
    answered: (upTo, reply, at = price) => {
      const cost = costOf(reply, at, upTo);
      reserved -= upTo;
      usage.replies++;
      usage.costUsd += cost;
      usage.inputTokens += reply.tokens?.input ?? 0;
      usage.outputTokens += reply.tokens?.output ?? 0;
      return cost;
    },
    unanswered: (upTo) => {
      reserved -= upTo;
      usage.unansweredUsd += upTo;
    },
    release: (upTo) => {
      reserved -= upTo;
    },
  };
}
