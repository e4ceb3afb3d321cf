import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { readRounds, type Round } from '../../../src/generation/promptSearch/round.ts';
import { runRound, type SearchOptions } from '../../../src/generation/promptSearch/search.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import type { Fault } from '../../support/chatServer/faults.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { isTemplateWish, searchReply } from '../../support/chatServer/searchReplies.ts';

let out: string;
let server: ChatServer;
let fault: (number: number) => Fault | undefined;
beforeEach(async () => {
  fault = () => undefined;
  out = await mkdtemp(path.join(tmpdir(), 'chartmark-search-'));
  server = await startChatServer({
    schedule: ({ number }) => fault(number),
    write: searchReply,
  });
});
afterEach(async () => {
  await server.close();
  await rm(out, { recursive: true });
});

function round(more: Partial<SearchOptions> = {}): Promise<Round> {
  const project = {
    ...defaultProject,
    generation: { ...defaultProject.generation, retries: 0, prices: { m: { input: 1, output: 1 } } },
  };
  return runRound({
    task: 'ner',
    project,
    provider: openAiProvider({ baseUrl: server.baseUrl, model: 'm' }),
    out,
    candidates: 2,
    texts: 3,
    seed: 1,
    ...more,
  });
}

describe('a search for a prompt', () => {
  it('asks for templates, has each write the same texts, and keeps all of it', async () => {
    const { candidates, costUsd } = await round();
    expect(server.calls.map(({ body }) => isTemplateWish(body))).toEqual([true, false, false, false]);
    expect(candidates.map(({ number, idea }) => [number, idea])).toEqual([
      [0, 'the built-in template'],
      [1, 'template 1 of call 0'],
      [2, 'template 2 of call 0'],
    ]);
    // The second template makes this model forget its tags' ends.
    expect(candidates.map(({ trial }) => [trial?.accepted, trial?.rejected])).toEqual([
      [3, {}],
      [3, {}],
      [1, { malformed: 2 }],
    ]);
    const wishes = server.calls.slice(1).map(({ body }) => body.messages?.[1]?.content ?? '');
    const styles = wishes.map((wish) => /Style: .*/.exec(wish)?.[0]);
    expect(styles[0]).toBeDefined();
    expect(new Set(styles).size).toBe(1);
    expect(costUsd).toBeCloseTo((4 * 150) / 1e6, 9);
    expect(await readRounds(out)).toEqual([await lastRound()]);
    expect(await readFile(path.join(out, 'round-1', '1.md'), 'utf8')).toContain('template 1 of call 0');
  });

  it('pays for nothing twice when it was cut off', async () => {
    fault = (number) => (number === 2 ? { kind: 'status', status: 401 } : undefined);
    await expect(round()).rejects.toThrow(UserError);
    expect(await readRounds(out)).toEqual([]);
    const { candidates, costUsd } = await round();
    expect(candidates.map(({ trial }) => trial?.accepted)).toEqual([3, 3, 1]);
    // The templates and the first trial were there: two trials were left.
    expect(server.calls.map(({ body }) => isTemplateWish(body))).toEqual([true, false, false, false, false]);
    expect(costUsd).toBeCloseTo((4 * 150) / 1e6, 9);
  });

  it('tries variants of a pick in the next round, says how it did, and ends after three rounds', async () => {
    await round();
    await expect(round()).rejects.toThrow('A round after the first tries variants of a prompt');
    await expect(round({ variantsOf: 7 })).rejects.toThrow('This round has no prompt 7.');
    const second = await round({ variantsOf: 2 });
    expect(server.calls).toHaveLength(4 + 3);
    expect(second.candidates[0]).toMatchObject({ number: 0, idea: 'template 2 of call 0' });
    const request = server.calls[4]?.body.messages?.[1]?.content;
    expect(request).toContain(
      'Of 3 texts that were asked for with it 1 passed the filters; refused: malformed 2.',
    );
    expect(request).toContain('Forget what you know.');
    await round({ variantsOf: 1 });
    await expect(round({ variantsOf: 1 })).rejects.toThrow('A search has at most 3 rounds');
    expect(server.calls).toHaveLength(4 + 3 + 3);
  });

  it('stops before it could cost more than its limit, and continues with a higher one', async () => {
    // A reply whose tokens nobody counted counts at its most.
    fault = (number) => (number === 0 ? { kind: 'no-usage' } : undefined);
    await expect(round({ maxCostUsd: 0.001 })).rejects.toThrow('The run stopped before its limit of 0.001');
    expect(server.calls).toHaveLength(0);
    await expect(round({ maxCostUsd: 0.0115 })).rejects.toThrow('The run stopped before its limit');
    expect(server.calls).toHaveLength(1);
    await round({ maxCostUsd: 1 });
    expect(server.calls).toHaveLength(4);
  });

  it('keeps a reply without templates, and says so', async () => {
    fault = (number) => (number === 0 ? { kind: 'refusal' } : undefined);
    const message = await round().catch((error: unknown) => (error as UserError).describe());
    expect(message).toMatch(/The model gave no prompt template: .*Try another model in another folder/);
    expect(await readFile(path.join(out, 'round-1', 'asked', 'ledger.jsonl'), 'utf8')).toContain('"refusal"');
  });

  it('looks for a prompt for relations as well', async () => {
    const { candidates } = await round({ task: 're', candidates: 1 });
    expect(candidates.map(({ trial }) => trial?.accepted)).toEqual([0, 0]);
    expect(candidates[1]?.template).toContain('{{relation}}');
  });
});

async function lastRound(): Promise<Round> {
  return JSON.parse(await readFile(path.join(out, 'round-1', 'round.json'), 'utf8')) as Round;
}
