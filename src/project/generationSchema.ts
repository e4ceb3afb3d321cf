import * as z from 'zod/mini';
import { matching, numeric, oneOf, optional, text, whole, withDefault } from '../foundation/fields.ts';

/** The size of one text. Relation runs always write sentences. */
const unit = oneOf(['sentences', 'notes']);

export const sentenceDefaults = { textsPerRequest: 10, minLength: 12, maxLength: 1500 } as const;

export const noteDefaults = { textsPerRequest: 3, minLength: 200, maxLength: 8000 } as const;

/** The default of a setting that depends on `unit`, as the JSON Schema shows it. */
function usual(key: keyof typeof sentenceDefaults): object {
  return { default: sentenceDefaults[key] };
}

const share = numeric(0, 1);
const length = whole(1, 100_000);
const price = { input: numeric(0, 1_000_000), output: numeric(0, 1_000_000) };

/** The price of a model, in USD per million tokens. */
const tokenPriceSchema = z.strictObject({
  ...price,
  batch: optional(
    z.strictObject(price),
    'The price of requests in batches. If left out, they cost as much as other requests.',
  ),
});

/** The section "generation". Lengths are in UTF-16 units. Defaults that depend on `unit` are filled in later. */
export const generationSchema = z.strictObject({
  provider: withDefault(
    oneOf(['offline', 'openai']),
    'offline',
    '"offline" writes from templates and needs no network; "openai" sends requests to any service with the OpenAI chat completions interface.',
  ),
  model: withDefault(text, 'gpt-4o-mini', 'The language model that writes the texts.'),
  baseUrl: optional(
    matching(/^https?:\/\/[^\s]+$/u, 'an address that begins with http:// or https://'),
    'The address of the service, such as http://localhost:11434/v1. If left out, api.openai.com.',
  ),
  unit: withDefault(
    unit,
    'sentences',
    `The size of one text: one to three sentences, or a whole note. The defaults for notes are ${noteDefaults.textsPerRequest} texts per request and ${noteDefaults.minLength} to ${noteDefaults.maxLength} characters.`,
  ),
  count: withDefault(whole(1, 10_000_000), 1200, 'The number of texts that a run writes.'),
  textsPerRequest: optional(whole(1, 100), 'The number of texts in a request.', usual('textsPerRequest')),
  entityFreeShare: withDefault(share, 0.4, 'The share of texts without any mention, from 0 to 1.'),
  confusableShare: withDefault(
    share,
    0.5,
    'The share of texts without a mention that contain words easily mistaken for one, from 0 to 1.',
  ),
  unrelatedShare: withDefault(
    share,
    0.5,
    'The share of relation sentences whose two mentions are not related, from 0 to 1.',
  ),
  minLength: optional(length, 'The minimum length of an accepted text, in characters.', usual('minLength')),
  maxLength: optional(length, 'The maximum length of an accepted text, in characters.', usual('maxLength')),
  language: withDefault(text, 'English', 'The language of the texts.'),
  concurrency: optional(
    whole(1, 1000),
    'The number of requests at the same time. If left out, 8 for a remote service and 2 for one on this computer.',
  ),
  requestsPerMinute: optional(
    whole(1, 10_000_000),
    'The number of requests per minute that the service allows. If left out, there is no limit.',
  ),
  tokensPerMinute: optional(
    whole(1, 10_000_000_000),
    'The number of tokens per minute that the service allows, input and output together. If left out, there is no limit.',
  ),
  timeoutSeconds: withDefault(
    whole(1, 3600),
    120,
    'The time limit for one attempt of a request, in seconds.',
  ),
  retries: withDefault(
    whole(0, 100),
    6,
    'The number of retries if a connection breaks, or if the service is busy or fails.',
  ),
  maxOutputTokens: optional(
    whole(1, 1_000_000),
    'The length of the longest reply, in tokens. If left out, enough for the texts of one request. Models that reason at length before they write may need more.',
  ),
  maxCostUsd: optional(
    numeric(0, 1_000_000),
    'The cost limit of a run in USD. The run stops before the cost could exceed it. If left out, there is no limit. The price of the model must be known.',
  ),
  prices: withDefault(
    z.record(z.string(), tokenPriceSchema),
    {},
    'The prices of models in USD per million tokens, by the name of the model. They take precedence over the prices that Chartmark knows.',
  ),
});
