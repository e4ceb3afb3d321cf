import type { CompletionReply } from '../provider.ts';

/** What a model costs, in USD per million tokens. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  /** The price in batches; undefined if it is the same. */
  readonly batch?: { readonly input: number; readonly output: number };
}

/** When the prices below were collected, from public price lists and not from the vendor's own page. */
export const pricesDate = '2026-03';

/**
 * USD per million tokens, without discounts for cached input or batches. Prices change: check them against
 * the service's price list, and put those that differ into "generation.prices" in chartmark.json.
 */
const knownPrices: Readonly<Record<string, TokenPrice>> = {
  'gpt-4.1': { input: 2, output: 8 },
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, output: 0.4 },
  'gpt-4o': { input: 2.5, output: 10 },
  'gpt-4o-2024-05-13': { input: 5, output: 15 },
  'gpt-4o-mini': { input: 0.15, output: 0.6 },
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
  o3: { input: 2, output: 8 },
  'o4-mini': { input: 1.1, output: 4.4 },
};

/**
 * Versions of those models that cost the same. Not all do (the first gpt-4o cost twice as much), so a version that
 * is not listed has no known price.
 */
const versions: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'gpt-4.1': ['2025-04-14'],
    'gpt-4.1-mini': ['2025-04-14'],
    'gpt-4.1-nano': ['2025-04-14'],
    'gpt-4o': ['2024-08-06', '2024-11-20'],
    'gpt-4o-mini': ['2024-07-18'],
    'gpt-5': ['2025-08-07'],
    'gpt-5-mini': ['2025-08-07'],
    'gpt-5-nano': ['2025-08-07'],
    o3: ['2025-04-16'],
    'o4-mini': ['2025-04-16'],
  }),
);

/** The price of a model and where it comes from; undefined if it is not known. */
export function priceOf(
  model: string,
  settings: Readonly<Record<string, TokenPrice>>,
): { readonly price: TokenPrice; readonly source: 'settings' | 'known' } | undefined {
  const own = Object.hasOwn(settings, model) ? settings[model] : undefined;
  if (own !== undefined) return { price: own, source: 'settings' };
  const name = model.toLowerCase();
  const [, plain = '', version = ''] = /^(.+)-(\d{4}-\d{2}-\d{2})$/.exec(name) ?? [];
  const sameAs = versions.get(plain)?.includes(version) === true ? plain : name;
  const known = Object.hasOwn(knownPrices, sameAs) ? knownPrices[sameAs] : undefined;
  return known === undefined ? undefined : { price: known, source: 'known' };
}

/** What tokens cost, in USD. */
export function tokenCost({ input, output }: { input: number; output: number }, price: TokenPrice): number {
  return (input * price.input + output * price.output) / 1_000_000;
}

/** What a reply cost, in USD: by the tokens that the service counted, or `upTo` if it did not count them. */
export function costOf(
  { tokens, refused }: Pick<CompletionReply, 'tokens' | 'refused'>,
  price: TokenPrice | undefined,
  upTo: number,
): number {
  if (price === undefined) return 0;
  if (tokens !== undefined) return tokenCost(tokens, price);
  return refused === 'bad-request' || refused === 'too-long' ? 0 : upTo;
}

/** The price in a batch: the same as outside one, unless the settings say otherwise. */
export function batchPrice<P extends TokenPrice | undefined>(price: P): TokenPrice | P {
  return price?.batch ?? price;
}
