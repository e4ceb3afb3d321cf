import { wait } from './wait.ts';

export interface RateLimits {
  readonly requestsPerMinute?: number;
  /** Input and output together. */
  readonly tokensPerMinute?: number;
}

/** Spreads requests evenly over time (generic cell rate algorithm, without bursts). */
export interface Pacer {
  /** Waits for the turn of a request with this many tokens. Throws `CancelledError`. */
  turn(tokens: number, signal: AbortSignal): Promise<void>;
  /** Returns tokens that a request did not need after all; a negative number if it needed more. */
  giveBack(tokens: number): void;
  /** Holds all requests for this many milliseconds, because the service asked for it. */
  hold(ms: number): void;
}

const minute = 60_000;

interface Turn {
  at: number;
  readonly tokens: number;
}

/** `now`: milliseconds of a monotonic clock. */
export function createPacer(limits: RateLimits, now: () => number = () => performance.now()): Pacer {
  const msPerRequest = limits.requestsPerMinute === undefined ? 0 : minute / limits.requestsPerMinute;
  const msPerToken = limits.tokensPerMinute === undefined ? 0 : minute / limits.tokensPerMinute;
  let nextRequest = 0;
  let nextToken = 0;
  let heldUntil = 0;
  /** In the order of their turns. */
  const waiting = new Set<Turn>();
  const place = (turn: Turn): void => {
    turn.at = Math.max(turn.at, nextRequest, nextToken, heldUntil);
    nextRequest = turn.at + msPerRequest;
    nextToken = turn.at + turn.tokens * msPerToken;
  };
  return {
    turn: async (tokens, signal) => {
      const mine = { at: now(), tokens };
      place(mine);
      waiting.add(mine);
      try {
        // `hold` may move the turn while this waits.
        for (let left = mine.at - now(); left > 0; left = mine.at - now()) await wait(left, signal);
      } finally {
        waiting.delete(mine);
      }
    },
    giveBack: (tokens) => {
      nextToken -= tokens * msPerToken;
    },
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, now() + ms);
      const [first] = waiting;
      if (first === undefined || first.at >= heldUntil) return;
      // Requests that are already waiting then go one after another, not all at the moment when the hold ends.
      nextRequest = heldUntil;
      nextToken = heldUntil;
      for (const turn of waiting) place(turn);
    },
  };
}
