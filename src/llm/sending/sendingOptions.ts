import type { ModelInfo } from '../provider.ts';
import type { SendingOptions } from './sender.ts';

/** The project's settings for sending. */
interface SendingSettings {
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** For one try of a request. */
  readonly timeoutSeconds: number;
  readonly retries: number;
}

/** Requests in flight by default: what a small account at a service, or one computer, can handle. */
const usualConcurrency = { remote: 8, local: 2 } as const;

const usualBackoff = { base: 1000, most: 60_000 };

/**
 * How a run's requests are sent: `overrides` come first, then the settings, then defaults for the destination. A
 * provider with repeatable replies gets one request at a time, in order, so that the same seed gives the same files.
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
