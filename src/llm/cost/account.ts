import type { CompletionReply } from '../provider.ts';
import { costOf, type TokenPrice } from './prices.ts';

/** What the replies of a run used. */
export interface Usage {
  readonly replies: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  /** What tries that brought no reply may have cost at most. */
  readonly unansweredUsd: number;
}

/** What a run has used and may use yet. Amounts in USD; all are zero where no price is known. */
export interface Account {
  readonly usage: Usage;
  readonly maxCostUsd: number | undefined;
  /** What requests on their way can cost at most. */
  reservedUsd(): number;
  /** Whether a request that costs at most `upTo` can be sent without passing the limit. */
  fits(upTo: number): boolean;
  /** Counts a request as on its way, at the most that it can cost. */
  reserve(upTo: number): void;
  /** A request that was reserved is answered; gives its cost, `at` the run's price unless another is given. */
  answered(upTo: number, reply: CompletionReply, at?: TokenPrice): number;
  /** A try that was reserved failed, and may be charged all the same; the next try needs a new reservation. */
  unanswered(upTo: number): void;
  /** A request that was reserved has come to its end without a charge. */
  release(upTo: number): void;
}

/** Sums of small amounts are off by less than this. */
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
