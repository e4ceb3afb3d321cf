import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { hubPlace, type HubAccess } from '../../../src/model/hub/place.ts';
import { planDownload, downloadModel, type DownloadProgress } from '../../../src/model/hub/downloadModel.ts';
import { readWeights } from '../../../src/model/readWeights.ts';
import { chartmark } from '../cli/chartmark.ts';
import { startHub, type Fault } from './hubServer.ts';

const id = 'clinic/tiny-bert';
const weightsName = 'pytorch_model.bin';
const golden = 'test/golden/data/checkpoints';
const weights = await readFile(path.join(golden, 'bert-fp32.bin'));
const files = new Map<string, Uint8Array>([
  ['config.json', await readFile(path.join(golden, 'bert-fp32.config.json'))],
  ['vocab.txt', Buffer.from('[PAD]\n[UNK]\n[CLS]\n[SEP]\nfever\n')],
  [weightsName, weights],
  ['tf_model.h5', Buffer.from('not needed')],
  ['.gitattributes', Buffer.from('not needed')],
  ['onnx/model.onnx', Buffer.from('not needed')],
]);
const wanted = ['config.json', 'pytorch_model.bin', 'vocab.txt'];
const quick: HubAccess = { retryDelay: 1 };

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-hub-'));
  out = path.join(folder, 'models/tiny');
});
afterEach(() => rm(folder, { recursive: true }));

/** A hub that ends with the test. */
async function hubOf(...model: Parameters<typeof startHub>) {
  const hub = await startHub(...model);
  onTestFinished(hub.close);
  return hub;
}

async function hubWith(faults: Readonly<Record<string, readonly Fault[]>> = {}) {
  return hubOf({ id, files, large: [weightsName] }, faults);
}

async function pullFrom(endpoint: string, access = quick, onProgress?: (progress: DownloadProgress) => void) {
  await downloadModel(await planDownload(hubPlace(id, { endpoint }), access), out, access, { onProgress });
}

/** The refusal of a download, after which there is no folder. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error('expected a UserError', { cause: error });
  expect(error.nextStep).toMatch(/\.$/);
  await expect(readdir(out)).rejects.toThrow('ENOENT');
  return error.describe();
}

async function complete(): Promise<void> {
  expect((await readdir(out)).sort()).toEqual(wanted);
  expect(await readFile(path.join(out, weightsName))).toEqual(weights);
  expect(await readdir(path.dirname(out))).toEqual(['tiny']);
}

describe('downloading an encoder', () => {
  it('tells files and sizes first, then fetches what is needed and nothing else', async () => {
    const { endpoint, commit, seen } = await hubWith();
    const plan = await planDownload(hubPlace(id, { endpoint }), quick);
    expect(seen).toHaveLength(1);
    expect(plan.listing.commit).toBe(commit);
    expect(plan.files.map(({ name }) => name)).toEqual(['vocab.txt', 'config.json', weightsName]);
    expect(plan.total).toBe(wanted.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0));
    const heard: DownloadProgress[] = [];
    await downloadModel(plan, out, quick, { onProgress: (progress) => heard.push(progress) });
    await complete();
    expect(heard.at(-1)).toMatchObject({ done: plan.total, total: plan.total });
    expect((await readWeights(out)).has('bert.embeddings.word_embeddings.weight')).toBe(true);
  });

  it('gives its token to the hub and to no other host', async () => {
    const { endpoint, seen } = await hubWith();
    await pullFrom(endpoint, { ...quick, token: 'secret' });
    const withToken = seen.filter(({ authorization }) => authorization === 'Bearer secret');
    expect(withToken.every(({ host }) => host === 'hub')).toBe(true);
    expect(withToken.length).toBeGreaterThan(3);
    expect(seen.filter(({ host }) => host === 'storage').map(({ authorization }) => authorization)).toEqual([
      undefined,
    ]);
  });

  it('brings the terms of the model along', async () => {
    const terms = ['LICENSE.md', 'LICENSE.txt', 'NOTICE.txt'];
    const all = new Map([...files, ...terms.map((name) => [name, Buffer.from('terms')] as const)]);
    const { endpoint } = await hubOf({ id, files: all, large: [weightsName] });
    await pullFrom(endpoint);
    expect(await readdir(out)).toEqual(expect.arrayContaining(terms));
  });

  it('prefers safetensors to the pickle', async () => {
    const both = new Map([...files, ['model.safetensors', Buffer.from('weights')]]);
    const { endpoint } = await hubOf({ id, files: both });
    const { files: planned } = await planDownload(hubPlace(id, { endpoint }), quick);
    expect(planned.map(({ name }) => name)).not.toContain(weightsName);
    expect(planned.map(({ name }) => name)).toContain('model.safetensors');
  });
});

describe('a download that is disturbed', () => {
  it('goes on where the connection broke', async () => {
    const { endpoint, seen } = await hubWith({ [weightsName]: [{ kind: 'drop', after: 10_000 }] });
    await pullFrom(endpoint);
    await complete();
    const ranges = seen.filter(({ host }) => host === 'storage').map(({ range }) => range);
    expect(ranges).toHaveLength(2);
    expect(Number(/^bytes=(\d+)-$/.exec(ranges[1] ?? '')?.[1])).toBeGreaterThan(0);
  });

  it('goes on in a later run where the first one gave up', async () => {
    const drops: Fault[] = [{ kind: 'drop', after: 10_000 }, ...failures(503, 4)];
    const { endpoint, seen } = await hubWith({ [weightsName]: drops });
    expect(await refusal(pullFrom(endpoint))).toContain('has an error (HTTP 503)');
    const before = seen.length;
    await pullFrom(endpoint);
    await complete();
    const later = seen.slice(before).map(({ path: asked, range }) => `${asked} ${range}`);
    expect(later.filter((line) => line.includes('vocab.txt'))).toEqual([]);
    expect(later.at(-1)).toContain('bytes=');
  });

  it('starts again where the server knows no ranges', async () => {
    const faults: Fault[] = [{ kind: 'drop', after: 10_000 }, { kind: 'ignore range' }];
    const { endpoint } = await hubWith({ [weightsName]: faults });
    await pullFrom(endpoint);
    await complete();
  });

  it('waits as long as it is asked to, and tries again after a fault', async () => {
    const busy: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '1' } };
    const { endpoint } = await hubWith({ api: [busy], 'config.json': failures(503, 2) });
    const started = performance.now();
    await pullFrom(endpoint);
    expect(performance.now() - started).toBeGreaterThan(900);
    await complete();
  });

  it('says so when it is asked to wait for long', async () => {
    const busy: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '3600' } };
    const { endpoint } = await hubWith({ api: [busy] });
    const text = await refusal(pullFrom(endpoint));
    expect(text).toContain('too many requests. Try again in 3600 seconds');
  });

  it('gives up an attempt in which nothing comes any more', async () => {
    const { endpoint } = await hubWith({ [weightsName]: [{ kind: 'stall', after: 10_000 }] });
    await pullFrom(endpoint, { ...quick, patience: 200 });
    await complete();
  });

  it('loads a file with a wrong checksum anew, once', async () => {
    const wrong: Fault = { kind: 'content', content: Buffer.alloc(weights.length) };
    const { endpoint } = await hubWith({ [weightsName]: [wrong] });
    await pullFrom(endpoint);
    await complete();
    await rm(out, { recursive: true });
    const again = await hubWith({ [weightsName]: [wrong, wrong] });
    expect(await refusal(pullFrom(again.endpoint))).toContain('checksum of pytorch_model.bin was wrong');
  });

  it.each(['config.json', weightsName])(
    'refuses a %s that is shorter or longer than listed',
    async (name) => {
      const whole = files.get(name) ?? Buffer.alloc(0);
      const short: Fault = { kind: 'content', content: whole.subarray(0, whole.length - 9) };
      // The answer to a request for the rest is the rest of the short one: nothing.
      const { endpoint } = await hubWith({ [name]: Array.from({ length: 9 }, () => short) });
      expect(await refusal(pullFrom(endpoint))).toContain(`of the ${whole.length} bytes`);
      const long: Fault = { kind: 'content', content: Buffer.concat([whole, Buffer.alloc(9)]) };
      await rm(path.dirname(out), { recursive: true });
      const other = await hubWith({ [name]: [long] });
      expect(await refusal(pullFrom(other.endpoint))).toContain('sent more than');
    },
  );

  it('stops when it is cancelled, and goes on later', async () => {
    const { endpoint } = await hubWith({ [weightsName]: [{ kind: 'stall', after: 10_000 }] });
    const stop = new AbortController();
    const work = pullFrom(endpoint, { ...quick, signal: stop.signal }, ({ file, done }) => {
      if (file === weightsName && done > 1000) stop.abort();
    });
    await expect(work).rejects.toThrow(CancelledError);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
    await pullFrom(endpoint);
    await complete();
  });
});

describe('a download that cannot be', () => {
  it.each([
    ['of a model that is not there', 401, { 'x-error-code': 'RepoNotFound' }, 'no public model'],
    ['of a model that is not there (404)', 404, {}, 'no public model'],
    [
      'of a model whose terms have to be accepted',
      401,
      { 'x-error-code': 'GatedRepo' },
      'accepted its terms',
    ],
    ['of a revision that is not there', 404, { 'x-error-code': 'RevisionNotFound' }, 'no revision main'],
    ['of something forbidden', 403, {}, 'accepted its terms'],
  ])('%s is refused', async (_, status, headers, message) => {
    const { endpoint } = await hubWith({ api: [{ kind: 'status', status, headers }] });
    expect(await refusal(pullFrom(endpoint))).toContain(message);
  });

  it('with a token that is not accepted is refused without telling it', async () => {
    const { endpoint } = await hubWith({ api: [{ kind: 'status', status: 401 }] });
    const text = await refusal(pullFrom(endpoint, { ...quick, token: 'hf_secret' }));
    expect(text).toContain('HF_TOKEN');
    expect(text).not.toContain('hf_secret');
  });

  it.each(['../../.bashrc', '/etc/passwd', 'a/../../b', 'C:\\windows', '..', ''])(
    'with the file name "%s" is refused',
    async (rfilename) => {
      const listed = [{ rfilename, size: 3, blobId: 'a'.repeat(40) }];
      const { endpoint } = await hubOf({ id, files, listed });
      expect(await refusal(pullFrom(endpoint))).toContain('is outside the model folder');
    },
  );

  it('from something that is no hub is refused', async () => {
    const web: Fault = { kind: 'content', content: Buffer.from('<html>') };
    const { endpoint } = await hubWith({ api: [web] });
    expect(await refusal(pullFrom(endpoint))).toContain('it is not JSON');
    expect(await refusal(pullFrom('http://127.0.0.1:1'))).toContain('cannot be reached');
  });

  it('from something that answers without an end is refused', async () => {
    const endless: Fault = { kind: 'content', content: Buffer.alloc(2 ** 24 + 1, ' ') };
    const { endpoint } = await hubWith({ api: [endless] });
    expect(await refusal(pullFrom(endpoint))).toContain('it is too long');
  });

  it.each([
    ['no config.json', 'config.json'],
    ['no tokenizer', 'vocab.txt'],
    ['no weights', weightsName],
  ])('of a model with %s is refused before anything comes', async (message, name) => {
    const without = new Map([...files].filter(([key]) => key !== name));
    const { endpoint, seen } = await hubOf({ id, files: without });
    expect(await refusal(pullFrom(endpoint))).toContain(message);
    expect(seen).toHaveLength(1);
  });

  it('of a model of another family is refused before the weights come', async () => {
    const gpt = new Map([...files, ['config.json', Buffer.from('{"model_type":"gpt2"}')]]);
    const { endpoint, seen } = await hubOf({ id, files: gpt });
    expect(await refusal(pullFrom(endpoint))).toContain('"gpt2" cannot be trained');
    expect(seen.filter(({ path: asked }) => asked.endsWith(weightsName))).toEqual([]);
    expect(await readdir(path.dirname(out))).toEqual([]);
  });

  it('over a folder that has something is refused, and leaves it', async () => {
    const { endpoint } = await hubWith();
    await pullFrom(endpoint);
    await writeFile(path.join(out, 'mine.txt'), 'mine');
    await expect(pullFrom(endpoint)).rejects.toThrow('already exists');
    expect(await readFile(path.join(out, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it.each(['', '../x', 'a/b/c', 'a//b', 'a/..', 'https://hub/x', '-x'])('of "%s" is refused', (name) => {
    expect(() => hubPlace(name)).toThrow('is not a valid model name');
  });

  it('from an address that is none is refused', () => {
    expect(() => hubPlace('a/b', { endpoint: 'file:///etc' })).toThrow('address of the hub');
    expect(() => hubPlace('a/b', { revision: '../x' })).toThrow('is not a valid revision');
  });
});

describe('chartmark pull', () => {
  it('shows the sizes, downloads, and prints what it did', async () => {
    const { endpoint, commit } = await hubWith();
    const args = ['pull', id, '--out', out, '--endpoint', endpoint, '--json'];
    const { code, stdout, stderr } = await chartmark(args, { cwd: folder });
    expect(stderr).toContain('3 files');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id, commit, out });
    const sha256 = createHash('sha256').update(weights).digest('hex');
    expect(stdout).toContain(sha256);
    await complete();
  });

  it('ends with code 1 and a sentence when the model is not there', async () => {
    const { endpoint } = await hubWith();
    const { code, stderr } = await chartmark(['pull', 'no/such', '--endpoint', endpoint], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('has no public model no/such.');
  });
});

function failures(status: number, count: number): Fault[] {
  return Array.from({ length: count }, () => ({ kind: 'status', status }));
}
