import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import type { Project } from '../../../src/project/project.ts';
import { readGenerationRun } from '../../../src/runs/runDescription.ts';
import { prepareContact } from '../../../src/tasks/batches/contactService.ts';
import { prepareSubmit } from '../../../src/tasks/batches/submitBatchFiles.ts';
import { takeInBatches } from '../../../src/tasks/batches/takeInFiles.ts';
import { prepareBatchFiles } from '../../../src/tasks/batches/writeBatchFiles.ts';
import { wishOfRun } from '../../../src/tasks/begunRun.ts';
import { Consent } from '../../../src/tasks/sending/consent.ts';
import { type EndpointChoice, endpointModel } from '../../../src/tasks/sending/modelChoice.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { projectWith } from '../generation/runAt.ts';

let out = '';
let server: ChatServer;
beforeEach(async () => {
  out = path.join(await mkdtemp(path.join(tmpdir(), 'chartmark-batch-tasks-')), 'run');
  server = await startChatServer({ batches: {} });
});
afterEach(async () => {
  await server.close();
  await rm(path.dirname(out), { recursive: true });
});

const prices = { house: { input: 1, output: 4 } };
const plain = projectWith({ prices });

/** A project whose prompt has an identifier. */
const planted: Project = {
  ...plain,
  styles: [{ name: 'letter', description: 'a letter of Mary Major, MRN 7654321' }],
};

/** The server by an address that is taken for another computer, or by one of this computer. */
const endpoint = (host: '0.0.0.0' | '127.0.0.1', model = 'house'): EndpointChoice =>
  endpointModel({ model, baseUrl: server.baseUrl.replace('127.0.0.1', host), apiKey: () => 'k' });

const prepareFiles = (project: Project, host: '0.0.0.0' | '127.0.0.1' = '0.0.0.0', topics?: object) =>
  prepareBatchFiles({
    task: 'ner',
    count: 12,
    seed: 1,
    topicSource: 'project',
    project: { ...project, ...topics },
    resources: '.',
    model: endpoint(host).info,
    out,
    resume: false,
    requestsPerFile: 3,
  });

async function writeFiles(...given: Parameters<typeof prepareFiles>) {
  const { disclosure, start } = await prepareFiles(...given);
  return start(Consent.to(disclosure, { despiteIdentifiers: true }), {});
}

const submit = (
  more: Partial<Parameters<typeof prepareSubmit>[0]> = {},
  host: '0.0.0.0' | '127.0.0.1' = '0.0.0.0',
) => prepareSubmit({ folder: out, project: plain, endpoint: (model) => endpoint(host, model), ...more });

const calls = (): number =>
  server.calls.length +
  (['upload', 'create', 'list', 'retrieve', 'cancel', 'content'] as const).reduce(
    (sum, call) => sum + server.batches.calls(call),
    0,
  );
const { signal } = new AbortController();

describe('writing batch files', () => {
  it('discloses what will be sent later, and writes nothing before the consent', async () => {
    const { disclosure, start } = await prepareFiles(planted);
    expect(disclosure).toMatchObject({ task: 'write batches', sends: 'nothing', isStopped: true });
    expect(disclosure.identifiers.found).toEqual([
      { place: 'chartmark.json, "letter"', kind: 'name' },
      { place: 'chartmark.json, "letter"', kind: 'medical-record' },
    ]);
    expect(disclosure.estimate).toMatchObject({ texts: 12, requests: 4 });
    expect(() => Consent.to(disclosure)).toThrow(UserError);
    await expect(readdir(out)).rejects.toThrow();

    const { written, result } = await start(Consent.to(disclosure, { despiteIdentifiers: true }), {});
    expect(written).toMatchObject({ requests: 4, texts: 12, isLimited: false });
    expect(result).toMatchObject({ accepted: 0 });
    expect((await readdir(out)).toSorted()).toEqual(
      expect.arrayContaining(['batches.json', 'requests-2.jsonl', 'requests.jsonl']),
    );
    expect(calls()).toBe(0);
  });
});

describe('submitting batch files', () => {
  it('discloses host, model, requests, batches, cost and limit, and what the files hold', async () => {
    await writeFiles(planted);
    const { disclosure } = await submit({ maxCostUsd: 2 });
    expect(disclosure).toMatchObject({
      task: 'submit batches',
      sends: 'prompts',
      wanted: '12 texts in 2 batches',
      maxCostUsd: 2,
      isStopped: true,
    });
    expect(disclosure.model).toMatchObject({
      model: 'house',
      destination: { kind: 'remote', host: new URL(server.baseUrl.replace('127.0.0.1', '0.0.0.0')).host },
      isUnencrypted: true,
    });
    const { batches } = JSON.parse(await readFile(path.join(out, 'batches.json'), 'utf8')) as {
      batches: { upTo: number }[];
    };
    const upToUsd = batches.reduce((sum, { upTo }) => sum + upTo, 0);
    expect(disclosure.estimate).toMatchObject({ texts: 12, requests: 4, upToUsd });
    expect(disclosure.estimate.costUsd).toBeLessThan(upToUsd);
    expect(disclosure.estimate.tokens.input).toBeGreaterThan(1000);
    // The project has no identifiers by now, but the files have. Each is reported once.
    expect(disclosure.identifiers.found).toEqual([
      { place: path.join(out, 'requests.jsonl'), line: 1, kind: 'name' },
      { place: path.join(out, 'requests.jsonl'), line: 1, kind: 'medical-record' },
    ]);
    expect(() => Consent.to(disclosure)).toThrow('Nothing was sent');
    expect(calls()).toBe(0);
  });

  it('leaves topics out of the scan, because diseases are called after persons', async () => {
    const topics = { topics: { Disease: ['Mary Major disease', 'gout'] } };
    await writeFiles(plain, '0.0.0.0', topics);
    expect(await readFile(path.join(out, 'requests.jsonl'), 'utf8')).toContain('Mary Major');
    const { disclosure } = await submit();
    expect(disclosure.identifiers.found).toEqual([]);
  });

  it('needs a consent to itself, and keeps the limit that was agreed to', async () => {
    await writeFiles(plain);
    const { disclosure, start } = await submit();
    const other = await submit();
    await expect(start(Consent.to(other.disclosure), { signal })).rejects.toThrow('another disclosure');
    const tooLow = Consent.to(disclosure, { maxCostUsd: 0.0001 });
    await expect(start(tooLow, { signal })).rejects.toThrow('The limit is 0.0001 USD');
    expect(calls()).toBe(0);
    const submitted = await start(Consent.to(disclosure), { signal });
    expect(submitted.map(({ service }) => service?.id)).toEqual(['batch_1', 'batch_2']);
    await expect(submit()).rejects.toThrow('already submitted or given up');
  });

  it('is not prepared over the limit, for another host, or for a file that was changed', async () => {
    await writeFiles(plain);
    await expect(submit({ maxCostUsd: 0.0001 })).rejects.toThrow('The limit is');
    await expect(submit({}, '127.0.0.1')).rejects.toThrow('The run was started with 0.0.0.0');
    const file = path.join(out, 'requests.jsonl');
    const source = await readFile(file, 'utf8');
    await rm(file);
    await expect(submit()).rejects.toMatchObject({ place: { file } });
    await writeFile(file, source.replace('"user"', '"User"'));
    await expect(submit()).rejects.toThrow('changed since it was written');
    expect(calls()).toBe(0);
  });
});

describe('contact with the service', () => {
  it('sends the key alone, after a consent, and brings results that are taken in', async () => {
    await writeFiles(plain, '127.0.0.1');
    const host = '127.0.0.1';
    const contact = (action: 'status' | 'fetch' | 'cancel', every?: number) =>
      prepareContact({
        action,
        every,
        folder: out,
        project: plain,
        endpoint: (model) => endpoint(host, model),
      });
    const { disclosure, start } = await submit({}, host);
    await start(Consent.to(disclosure), { signal });
    const before = calls();
    const status = await contact('status');
    expect(status.disclosure).toMatchObject({ sends: 'key', isStopped: false });
    expect(status.disclosure.sent).toContain('No prompts and no texts.');
    expect(calls()).toBe(before);
    await status.start(Consent.to(status.disclosure), { signal });
    expect(calls()).toBeGreaterThan(before);

    const fetched = await contact('fetch', 1);
    const batches = await fetched.start(Consent.to(fetched.disclosure), { signal });
    expect(batches.every((batch) => batch.fetched !== undefined)).toBe(true);
    const begun = await readGenerationRun(out);
    const wish = await wishOfRun(begun, { project: plain, count: begun.count, resources: '.' });
    const progress: number[] = [];
    const taken = await takeInBatches(
      { ...wish, project: plain, resources: '.', model: fetched.disclosure.model, out, files: [] },
      { onProgress: ({ accepted }) => progress.push(accepted) },
    );
    expect(taken).toMatchObject({
      takenIn: { replies: 4 },
      result: { accepted: 12 },
      balance: { texts: 12 },
    });
    expect(progress.at(-1)).toBe(12);
    expect(brokenPromises(await readRun(out), 12)).toEqual([]);
  });
});
