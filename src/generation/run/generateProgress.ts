import type { Account } from '../../llm/cost/account.ts';
import type { Tally } from './tally.ts';

export interface GenerateProgress {
  readonly accepted: number;
  readonly rejected: number;
  readonly wanted: number;
  /** Replies that were judged since the run was begun or resumed. */
  readonly requests: number;
  /** Requests without a reply so far. */
  readonly inFlight: number;
  /** Used by the whole run, as far as the provider counts them. */
  readonly tokens?: number;
  /** Spent by the whole run in USD, if the price is known. */
  readonly costUsd?: number;
  /** The most that attempts without a reply may have cost in addition. */
  readonly unansweredUsd?: number;
  /** At the rate of the last minute, smoothed. */
  readonly secondsLeft?: number;
  /** Why a request is sent again right now ("status 429"), until the next reply is judged. */
  readonly trouble?: string;
}

interface Sources {
  readonly tally: Tally;
  readonly account: Account;
  readonly wanted: number;
  readonly inFlight: number;
  readonly isPriced: boolean;
  readonly secondsLeft: number | undefined;
  readonly trouble?: string;
}

export function progressOf(sources: Sources): GenerateProgress {
  const { accepted, rejected, requests } = sources.tally;
  const { inputTokens, outputTokens, costUsd, unansweredUsd } = sources.account.usage;
  const tokens = inputTokens + outputTokens;
  const { wanted, inFlight, secondsLeft, trouble } = sources;
  return {
    accepted,
    rejected,
    wanted,
    requests,
    inFlight,
    ...(tokens === 0 ? {} : { tokens }),
    ...(sources.isPriced ? { costUsd, unansweredUsd } : {}),
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}
