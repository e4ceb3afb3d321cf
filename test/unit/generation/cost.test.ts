import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { GenerationSettings, Project } from '../../../src/project/project.ts';
import { createAccount } from '../../../src/llm/cost/account.ts';
import { describeEstimate } from '../../../src/llm/cost/describeEstimate.ts';
import { dollars } from '../../../src/llm/cost/dollars.ts';
import { estimateRun, type EstimateOptions } from '../../../src/generation/run/estimateRun.ts';
import { priceOf } from '../../../src/llm/cost/prices.ts';
import { expectedTokens, inputTokens } from '../../../src/llm/cost/tokens.ts';
import type { Provider } from '../../../src/llm/provider.ts';
import { textHash } from '../../../src/runs/ledgerState.ts';

const remote = (model: string): Provider => ({
  name: 'openai',
  model,
  destination: { kind: 'remote', host: 'api.example.org' },
  complete: () => Promise.reject(new Error('nothing is sent')),
});
const projectWith = (generation: Partial<GenerationSettings>): Project => ({
  ...defaultProject,
  generation: { ...defaultProject.generation, ...generation },
});
const plan = (more: Partial<EstimateOptions> = {}): EstimateOptions => ({
  task: 'ner',
  provider: remote('gpt-4o-mini'),
  project: defaultProject,
  count: 1000,
  seed: 1,
  ...more,
});

describe('the price of a model', () => {
  it('comes from the settings, or else from the known prices, with or without a date', () => {
    expect(priceOf('gpt-4o-mini', { 'gpt-4o-mini': { input: 1, output: 2 } })).toEqual({
      price: { input: 1, output: 2 },
      source: 'settings',
    });
    expect(priceOf('gpt-4o-mini-2024-07-18', {})?.price).toEqual({ input: 0.15, output: 0.6 });
    expect(priceOf('llama3.2', {})).toBeUndefined();
    expect(priceOf('gpt-4o-2024-11-20', {})?.price).toEqual({ input: 2.5, output: 10 });
    expect(priceOf('constructor', {})).toBeUndefined();
  });
});

describe('the price of a version of a model', () => {
  it('is its own if it has one, and unknown if it is not listed as the same', () => {
    expect(priceOf('gpt-4o-2024-05-13', {})?.price).toEqual({ input: 5, output: 15 });
    expect(priceOf('gpt-4o-2031-01-01', {})).toBeUndefined();
    expect(priceOf('gpt-4o-mini-2024-05-13', {})).toBeUndefined();
  });
});

describe('tokens', () => {
  it('are at most as many as the bytes, and about a quarter of the letters', () => {
    expect(expectedTokens('abcd'.repeat(10))).toBe(10);
    expect(expectedTokens('naïve')).toBe(2);
    const { expected, most } = inputTokens([{ role: 'user', content: 'x'.repeat(4000) }], {});
    expect(expected).toBeGreaterThan(1000);
    expect(most).toBeGreaterThanOrEqual(4000);
    expect(most).toBeGreaterThan(expected);
  });
});

describe('the account', () => {
  const none = { replies: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unansweredUsd: 0 };
  const price = { input: 1, output: 1 };

  it('counts requests in flight at their maximum cost, and then their actual cost', () => {
    const account = createAccount(none, price, 1);
    account.reserve(0.6);
    expect(account.fits(0.5)).toBe(false);
    expect(account.fits(0.4)).toBe(true);
    expect(account.answered(0.6, { text: '', tokens: { input: 50_000, output: 50_000 } })).toBeCloseTo(0.1);
    expect(account.fits(0.9)).toBe(true);
    expect(account.fits(0.91)).toBe(false);
  });

  it('counts a try without a reply as spent', () => {
    const account = createAccount(none, price, 1);
    account.reserve(0.6);
    account.unanswered(0.6);
    expect(account.fits(0.5)).toBe(false);
    account.reserve(0.3);
    account.release(0.3);
    expect(account.fits(0.4)).toBe(true);
  });

  it('counts the maximum for a reply without token counts, and nothing for a refused request', () => {
    const account = createAccount(none, price, 1);
    expect(account.answered(0.2, { text: '' })).toBe(0.2);
    expect(account.answered(0.2, { text: '', refused: 'bad-request' })).toBe(0);
  });

  it('counts no cost without a price', () => {
    const account = createAccount(none, undefined);
    expect(account.answered(0, { text: '', tokens: { input: 5, output: 5 } })).toBe(0);
    expect(account.fits(0)).toBe(true);
    expect(account.usage).toMatchObject({ replies: 1, inputTokens: 5, costUsd: 0 });
  });
});

describe('the estimate of a run', () => {
  it('of several relations is the mean of their requests, and at most the most expensive one', async () => {
    const relationTypes = [
      { name: 'short', head: 'Gene', tail: 'Disease', definition: 'x' },
      { name: 'long', head: 'Chemical', tail: 'Disease', definition: 'word '.repeat(2000) },
    ];
    const project = { ...projectWith({ textsPerRequest: 5 }), relationTypes };
    const of = (relations?: readonly string[]) =>
      estimateRun(plan({ task: 're', project, ...(relations === undefined ? {} : { relations }) }));
    const [both, short, long] = [await of(), await of(['short']), await of(['long'])];
    expect(both.tokens.input).toBeCloseTo((short.tokens.input + long.tokens.input) / 2, -2);
    expect(long.tokens.input).toBeGreaterThan(2 * short.tokens.input);
    expect(both.requestUpToUsd).toBe(long.requestUpToUsd);
  });

  it('in batches uses their price and counts each request once', async () => {
    const prices = { 'gpt-4o-mini': { input: 1, output: 2, batch: { input: 0.5, output: 1 } } };
    const project = projectWith({ prices });
    const batches = await estimateRun(plan({ project, inBatches: true }));
    expect(batches).toMatchObject({ requests: 100, price: { input: 0.5, output: 1 } });
    const { costUsd = 0, requestUpToUsd = 0 } = await estimateRun(plan({ project }));
    expect(batches.costUsd).toBeCloseTo((costUsd * 100) / 125 / 2, 4);
    expect(batches.requestUpToUsd).toBeCloseTo(requestUpToUsd / 2, 9);
  });

  it('gives requests, tokens and cost before anything is sent', async () => {
    const estimate = await estimateRun(plan());
    // A thousand texts, ten per request, of which four out of five are expected to be accepted.
    expect(estimate).toMatchObject({ texts: 1000, requests: 125 });
    expect(estimate.tokens.input).toBeGreaterThan(50_000);
    expect(estimate.costUsd).toBeCloseTo(
      (estimate.tokens.input * 0.15 + estimate.tokens.output * 0.6) / 1e6,
      6,
    );
    expect(estimate.requestUpToUsd).toBeGreaterThan((estimate.costUsd ?? 0) / 125);
    const [requests, cost] = describeEstimate(estimate, remote('gpt-4o-mini'));
    expect(requests).toMatch(/^About 125 requests, \d+,\d+ tokens of input and \d+,\d+ of output/);
    expect(cost).toMatch(
      /^About 0\.\d{4} USD, .*0\.15 and 0\.6 USD per million tokens .*\(price lists of \d{4}-\d\d; check it\)/,
    );
  });

  it('says that a price is not known', async () => {
    const provider = remote('unheard-of');
    const lines = describeEstimate(await estimateRun(plan({ provider })), provider);
    expect(lines.join(' ')).toMatch(/price of "unheard-of" is not known\. .*"generation\.prices"/);
    const project = projectWith({ prices: { 'unheard-of': { input: 10, output: 30 } } });
    const priced = await estimateRun(plan({ provider, project }));
    expect(priced.price).toEqual({ input: 10, output: 30, source: 'chartmark.json' });
  });

  it('is based on what the run has shown so far', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chartmark-estimate-'));
    const lines = Array.from({ length: 10 }, (_, index) => [
      { event: 'request', index, prompt: 'p', style: 's', texts: 10, negatives: 4, seeds: [] },
      { event: 'reply', index, sha256: textHash('x'), text: 'x', tokens: { input: 500, output: 200 } },
      { event: 'outcome', index, accepted: 5, rejected: 5, acceptedBytes: 0, rejectedBytes: 0 },
    ]).flat();
    const ledger = path.join(folder, 'ledger.jsonl');
    await writeFile(ledger, lines.map((line) => JSON.stringify(line)).join('\n'));
    const estimate = await estimateRun(plan({ count: 150, resume: folder }));
    expect(estimate).toMatchObject({ texts: 100, requests: 20, tokens: { input: 10_000, output: 4000 } });
    expect(estimate.spentUsd).toBeCloseTo((10 * (500 * 0.15 + 200 * 0.6)) / 1e6, 9);
    await rm(folder, { recursive: true });
  });

  it('counts at least one request, even for a run that needs less', async () => {
    expect(await estimateRun(plan({ count: 1 }))).toMatchObject({ texts: 1, requests: 1 });
  });
});

describe('amounts', () => {
  it('have more decimals if they are small', () => {
    expect([0, 0.00312, 0.5, 1, 12.345].map(dollars)).toEqual([
      '0.00 USD',
      '0.0031 USD',
      '0.5000 USD',
      '1.00 USD',
      '12.35 USD',
    ]);
  });
});
