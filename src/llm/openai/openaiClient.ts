import OpenAI from 'openai';
import { UserError } from '../../foundation/userError.ts';
import { destinationOf, isUnencrypted } from '../destination.ts';
import type { Destination } from '../provider.ts';
import { readApiKey } from './readApiKey.ts';
import { boundedFetch } from './boundedFetch.ts';
import { isAzure } from './completionBody.ts';
import { bypassProxies, withoutOpenAiVariables } from './ownConnection.ts';

/** Where requests go if no base URL is given. */
const defaultBaseUrl = 'https://api.openai.com/v1';

/** No reply is as large as this. */
const mostBytes = 8 * 1024 * 1024;

interface Client {
  readonly client: OpenAI;
  readonly destination: Destination;
  readonly isUnencrypted: boolean;
  /** As it is sent; undefined if there is none. */
  readonly apiKey: string | undefined;
}

/**
 * A client of one service that sends each request once and logs nothing. The query string of the base URL (Azure's
 * `?api-version=`) is added to each request. Throws `UserError` if the base URL or the key is not valid, or if a
 * remote service has no key; a local server usually needs none.
 */
export function openAiClient(
  givenKey: string | undefined,
  baseUrl: string = defaultBaseUrl,
  fetcher: typeof fetch = boundedFetch(mostBytes),
): Client {
  const destination = destinationOf(baseUrl);
  const key = readApiKey(givenKey);
  const apiKey = key ?? placeholderKey(destination);
  const url = new URL(baseUrl);
  if (destination.kind === 'local') bypassProxies(url.hostname);
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  url.hash = '';
  const baseURL = url.href.replace(/\/$/, '');
  // The package would otherwise take headers and more from the environment.
  const client = withoutOpenAiVariables(
    () =>
      new OpenAI({
        apiKey,
        baseURL,
        defaultQuery: query,
        defaultHeaders: isAzure(url.hostname) ? { 'api-key': apiKey } : {},
        organization: null,
        project: null,
        webhookSecret: null,
        logLevel: 'off',
        // The sender handles retries and the time limit.
        maxRetries: 0,
        timeout: 2 ** 31 - 1,
        fetch: fetcher,
        // A redirect could lead from a local destination to a remote one.
        fetchOptions: { redirect: 'error' },
      }),
  );
  return { client, destination, isUnencrypted: isUnencrypted(baseUrl), apiKey: key };
}

function placeholderKey({ kind, host }: Destination): string {
  if (kind === 'local') return 'none';
  throw new UserError(`${host} needs an API key.`, {
    nextStep: 'Set the API key (on the command line: CHARTMARK_API_KEY), or choose a local server.',
  });
}
