import OpenAI from 'openai';
import { destinationOf } from '../destination.ts';
import type { Destination } from '../provider.ts';
import { boundedFetch } from './boundedFetch.ts';
import { isAzure } from './completionBody.ts';

/** Where requests go when no base URL is given. */
const defaultBaseUrl = 'https://api.openai.com/v1';

/** No reply is as large as this. */
const mostBytes = 8 * 1024 * 1024;

interface Client {
  readonly client: OpenAI;
  readonly destination: Destination;
}

/**
 * A client of one service that asks once and logs nothing. A query of the base URL (Azure's `?api-version=`)
 * goes along with each request. Throws `UserError` on an impossible base URL.
 */
export function openAiClient(
  apiKey: string,
  baseUrl: string = defaultBaseUrl,
  fetcher: typeof fetch = boundedFetch(mostBytes),
): Client {
  const destination = destinationOf(baseUrl);
  const url = new URL(baseUrl);
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  url.hash = '';
  const client = new OpenAI({
    apiKey,
    baseURL: url.href.replace(/\/$/, ''),
    defaultQuery: query,
    defaultHeaders: isAzure(url.hostname) ? { 'api-key': apiKey } : {},
    // Only what is given here counts: nothing is taken from the environment, and nothing logged.
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    // Trying again and the time limit are the sender's affair.
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    fetch: fetcher,
    // A redirect could lead from a local destination to a remote one.
    fetchOptions: { redirect: 'error' },
  });
  return { client, destination };
}
