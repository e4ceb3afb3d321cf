import { wait } from './wait.ts';

export interface RateLimits {
  readonly requestsPerMinute?: number;
  /** Input and output together. */
  readonly tokensPerMinute?: number;
}

/** Spreads requests evenly over time (generic cell rate algorithm, without bursts). */
export interface Pacer {
  /** Waits for the turn of a request of so many tokens. Throws `CancelledError`. */
  turn(tokens: number, signal: AbortSignal): Promise<void>;
  /** Gives back tokens that a request turned out not to need, or takes (a negative number) what it needed more. */
  giveBack(tokens: number): void;
  /** Lets no request go for so many milliseconds: the service asked for it. */
  hold(ms: number): void;
}

const minute = 60_000;

/** `now` in milliseconds, from a clock that never goes back. */
export function createPacer(limits: RateLimits, now: () => number = () => performance.now()): Pacer {
  const msPerRequest = limits.requestsPerMinute === undefined ? 0 : minute / limits.requestsPerMinute;
  const msPerToken = limits.tokensPerMinute === undefined ? 0 : minute / limits.tokensPerMinute;
  let nextRequest = 0;
  let nextToken = 0;
  let heldUntil = 0;
  return {
    turn: async (tokens, signal) => {
      const mine = Math.max(now(), nextRequest, nextToken);
      nextRequest = mine + msPerRequest;
      nextToken = mine + tokens * msPerToken;
      // A hold may be called while this waits.
      for (let left = mine - now(); left > 0 || heldUntil > now(); left = mine - now()) {
        await wait(Math.max(left, heldUntil - now()), signal);
      }
    },
    giveBack: (tokens) => {
      nextToken -= tokens * msPerToken;
    },
    hold: (ms) => {
      heldUntil = Math.max(heldUntil, now() + ms);
    },
  };
}
