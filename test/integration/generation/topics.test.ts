import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { EntityType } from '../../../src/project/project.ts';
import { requestTopics } from '../../../src/generation/topics/requestTopics.ts';
import { estimateTopics } from '../../../src/generation/topics/topicRun.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import {
  startChatServer,
  type ChatServer,
  type ChatServerOptions,
} from '../../support/chatServer/chatServer.ts';

let out = '';
let server: ChatServer;
beforeEach(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'chartmark-topics-'));
});
afterEach(async () => {
  await server.close();
  await rm(out, { recursive: true });
});

const typesNamed = (...names: readonly string[]): readonly EntityType[] =>
  defaultProject.entityTypes.filter(({ name }) => names.includes(name));
const fiveNames = (number: number): string =>
  JSON.stringify({ names: [1, 2, 3, 4, 5].map((item) => `disorder ${number}-${item}`) });
const prices = { m: { input: 1, output: 4 } };
const serve = async (options: ChatServerOptions = {}): Promise<void> => {
  server = await startChatServer({ write: fiveNames, tokens: { input: 1000, output: 100 }, ...options });
};
const wanted = (types = typesNamed('Disease'), count = 60) => ({
  provider: openAiProvider({ baseUrl: server.baseUrl, model: 'm' }),
  project: { ...defaultProject, generation: { ...defaultProject.generation, prices } },
  types,
  count,
  out,
  // One after the other, so that calls can be counted.
  sending: { concurrency: 1 },
});
const perReply = 0.0014;

describe('topics from a language model', () => {
  it('that came before it failed are given, and the same once more pays for none of them again', async () => {
    let isKeyGood = false;
    await serve({
      schedule: ({ number }) =>
        number >= 4 && !isKeyGood ? { kind: 'status', status: 401, code: 'invalid_api_key' } : undefined,
    });
    const first = await requestTopics(wanted());
    expect(first.topics['Disease']).toHaveLength(20);
    expect(first.failure?.message).toContain('does not accept the API key');
    expect(first.costUsd).toBeCloseTo(4 * perReply, 9);
    const { estimate } = await estimateTopics(wanted());
    expect(estimate).toMatchObject({ texts: 40, spentUsd: first.costUsd });

    isKeyGood = true;
    const second = await requestTopics(wanted());
    expect(second.failure).toBeUndefined();
    expect(second.topics['Disease']).toHaveLength(60);
    expect(second.topics['Disease']?.slice(0, 20)).toEqual(first.topics['Disease']);
    const delivered = server.calls.filter(({ isDelivered }) => isDelivered);
    expect(delivered).toHaveLength(12);
    const areas = delivered.map(({ body }) => /field: (.*),/.exec(body.messages?.at(-1)?.content ?? '')?.[1]);
    expect(new Set(areas).size).toBe(12);
    expect(second.costUsd).toBeCloseTo(12 * perReply, 9);

    // It is done: once more sends nothing, and more topics continue from here.
    expect((await requestTopics(wanted())).topics).toEqual(second.topics);
    expect(server.calls).toHaveLength(13);
    const more = await requestTopics(wanted(typesNamed('Disease'), 65));
    expect(more.topics['Disease']?.slice(0, 60)).toEqual(second.topics['Disease']);
    expect(server.calls).toHaveLength(14);
  });

  it('are estimated as they are requested: at least six in a request, at most sixty, in rounds', async () => {
    await serve({
      write: (number) =>
        JSON.stringify({
          names: Array.from(
            { length: 6 },
            (_, item) => `disorder ${number}-${String.fromCharCode(97 + item)}`,
          ),
        }),
    });
    const few = wanted(typesNamed('Disease'), 30);
    const { estimate, next } = await estimateTopics(few);
    await requestTopics(few);
    expect(estimate.requests).toBe(5);
    expect(server.calls).toHaveLength(5);
    expect(server.calls[0]?.body.messages).toEqual(next?.request.messages);
    const more = await estimateTopics(wanted(typesNamed('Disease'), 37));
    expect(more.estimate).toMatchObject({ texts: 7, requests: 2 });
    // 24 areas of 60, then 24 of three, which are six.
    const many = await estimateTopics({ ...wanted(typesNamed('Disease'), 24 * 60 + 60), out: `${out}/many` });
    expect(many.estimate.requests).toBe(24 + 10);
  });

  it('stop before all types together could pass the limit, what was spent before included', async () => {
    await serve();
    const types = typesNamed('Disease', 'Procedure');
    const maxCostUsd = 0.03;
    const first = await requestTopics({ ...wanted(types), maxCostUsd });
    expect(first.failure?.message).toContain('limit of 0.0300 USD');
    expect(first.costUsd).toBeLessThanOrEqual(maxCostUsd);
    expect(first.topics['Disease']?.length).toBeGreaterThan(20);
    const calls = server.calls.length;
    const second = await requestTopics({ ...wanted(types), maxCostUsd });
    expect(second.topics).toEqual(first.topics);
    expect(server.calls).toHaveLength(calls);
  });

  it('of a type that was not reached are given, too, if an earlier run has brought some', async () => {
    await serve();
    const { topics } = await requestTopics(wanted(typesNamed('Procedure'), 10));
    const types = typesNamed('Disease', 'Procedure');
    const cutOff = await requestTopics({ ...wanted(types), maxCostUsd: 0.01 });
    expect(cutOff.failure).toBeDefined();
    expect(cutOff.topics['Procedure']).toEqual(topics['Procedure']);
  });

  it('are not requested without end: a model that repeats itself is left after ten replies', async () => {
    await serve({ write: () => '{"names": ["gout"]}' });
    const { topics, failure } = await requestTopics(wanted());
    expect([topics, failure]).toEqual([{ Disease: ['gout'] }, undefined]);
    // Another one may be on its way when the last reply comes.
    expect(server.calls.length).toBeGreaterThanOrEqual(11);
    expect(server.calls.length).toBeLessThanOrEqual(12);
  });

  it('that never come are a sentence', async () => {
    await serve({ write: () => 'I cannot help with that.' });
    const { failure } = await requestTopics(wanted());
    expect(failure?.message).toContain('No reply of the model contains a topic');
    expect(server.calls).toHaveLength(3);
  });

  it('are requested from every part of the field, however few or many are wanted', async () => {
    await serve({ latency: 5 });
    for (const count of [7, 20, 100, 200]) {
      const before = server.calls.length;
      // Replies that bring more than they were asked for leave no part out.
      await requestTopics({ ...wanted(typesNamed('Disease'), count), out: `${out}/${count}` });
      const wishes = server.calls.slice(before).map(({ body }) => body.messages?.at(-1)?.content ?? '');
      for (const area of ['cardiovascular', 'nutritional', 'symptoms and signs']) {
        expect(wishes.filter((wish) => wish.includes(area)).length).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('are requested several at a time, of all types together, after a first one alone', async () => {
    await serve({ latency: 30 });
    const types = typesNamed('Disease', 'Procedure');
    const { topics } = await requestTopics({ ...wanted(types, 40), sending: { concurrency: 6 } });
    expect(Object.values(topics).map(({ length }) => length)).toEqual([40, 40]);
    expect(server.mostInFlight()).toBeGreaterThan(2);
    const again = await requestTopics({ ...wanted(types, 40), sending: { concurrency: 1 } });
    expect(again.topics).toEqual(topics);
  });

  it('can be many of a type whose field has no parts', async () => {
    await serve();
    const device: EntityType = { name: 'Device', definition: 'A thing.', examples: [], counterExamples: [] };
    const { topics } = await requestTopics(wanted([device], 30));
    expect(topics['Device']).toHaveLength(15);
    expect(await readdir(out)).toEqual([expect.stringMatching(/^Device-[0-9a-f]{8}$/)]);
  });
});
