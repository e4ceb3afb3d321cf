import type { ModelInfo } from '../provider.ts';
import type { SendingOptions } from './sender.ts';

/** What the project says about sending. */
interface SendingSettings {
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** For one try of a request. */
  readonly timeoutSeconds: number;
  readonly retries: number;
}

/** Requests in flight where nobody says how many: what a small account of a service or one computer bears. */
const usualConcurrency = { remote: 8, local: 2 } as const;

const usualBackoff = { base: 1000, most: 60_000 };

/**
 * How a run's requests are sent: as `overrides` say, then the settings, then what suits the destination. A
 * provider whose replies need nothing but the computer is asked for one at a time, in order, so that the same
 * seed gives the same files.
 */
export function sendingOptions(
  provider: ModelInfo,
  settings: SendingSettings,
  overrides: Partial<SendingOptions> = {},
): SendingOptions {
  const { concurrency, requestsPerMinute, tokensPerMinute, timeoutSeconds, retries } = settings;
  return {
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
    timeout: timeoutSeconds * 1000,
    retries,
    backoff: usualBackoff,
    concurrency: concurrency ?? usualConcurrency[provider.destination.kind],
    ...overrides,
    ...(provider.isRepeatable === true ? { concurrency: 1 } : {}),
  };
}
