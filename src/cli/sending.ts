import type { Command } from 'commander';
import type { SendingOptions } from '../llm/sending/sender.ts';
import { defined, positiveNumber, wholeNumber } from './options.ts';

/** How fast and how stubbornly requests are sent. */
export interface SendingFlags {
  readonly concurrency?: number;
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly retries?: number;
}

/** Adds the options of `SendingFlags`. */
export function addSendingOptions(command: Command): Command {
  return addRateOptions(
    command.option('--concurrency <n>', 'number of requests at the same time', wholeNumber(1)),
  );
}

/** Adds those of them that also hold where one request waits for the other. */
export function addRateOptions(command: Command): Command {
  return command
    .option('--requests-per-minute <n>', 'limit of the service', wholeNumber(1))
    .option('--tokens-per-minute <n>', 'limit of the service, input and output together', wholeNumber(1))
    .option('--timeout <seconds>', 'for one attempt of a request', positiveNumber)
    .option(
      '--retries <n>',
      'retries if a request fails (five times as many while the service is busy)',
      wholeNumber(0),
    );
}

export function sendingOf(flags: SendingFlags): Partial<SendingOptions> {
  const { concurrency, requestsPerMinute, tokensPerMinute, timeout, retries } = flags;
  return defined<Omit<SendingOptions, 'backoff'>>({
    concurrency,
    requestsPerMinute,
    tokensPerMinute,
    retries,
    timeout: timeout === undefined ? undefined : timeout * 1000,
  });
}
