import OpenAI from 'openai';
import { UserError } from '../../foundation/userError.ts';
import { destinationOf, isUnencrypted } from '../destination.ts';
import type { Destination } from '../provider.ts';
import { readApiKey } from './apiKey.ts';
import { boundedFetch } from './boundedFetch.ts';
import { isAzure } from './completionBody.ts';
import { passProxiesBy, withoutOpenAiVariables } from './ownConnection.ts';

/** Where requests go when no base URL is given. */
const defaultBaseUrl = 'https://api.openai.com/v1';

/** No reply is as large as this. */
const mostBytes = 8 * 1024 * 1024;

interface Client {
  readonly client: OpenAI;
  readonly destination: Destination;
  readonly isUnencrypted: boolean;
}

/**
 * A client of one service that asks once and logs nothing. A query of the base URL (Azure's `?api-version=`)
 * goes along with each request. Throws `UserError` on an impossible base URL or key, and without a key that
 * another computer wants; a local server mostly wants none.
 */
export function openAiClient(
  givenKey: string | undefined,
  baseUrl: string = defaultBaseUrl,
  fetcher: typeof fetch = boundedFetch(mostBytes),
): Client {
  const destination = destinationOf(baseUrl);
  const apiKey = readApiKey(givenKey) ?? keyOfNone(destination);
  const url = new URL(baseUrl);
  if (destination.kind === 'local') passProxiesBy(url.hostname);
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  url.hash = '';
  const baseURL = url.href.replace(/\/$/, '');
  // Only what is given here counts: the package would take headers and more from the environment.
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
        // Trying again and the time limit are the sender's affair.
        maxRetries: 0,
        timeout: 2 ** 31 - 1,
        fetch: fetcher,
        // A redirect could lead from a local destination to a remote one.
        fetchOptions: { redirect: 'error' },
      }),
  );
  return { client, destination, isUnencrypted: isUnencrypted(baseUrl) };
}

function keyOfNone({ kind, host }: Destination): string {
  if (kind === 'local') return 'none';
  throw new UserError(`A key is needed to ask ${host}.`, {
    nextStep: 'Set the API key (on the command line: CHARTMARK_API_KEY), or choose a local server.',
  });
}
