import type { Writer } from '../../../src/generation/plan/requestSpec.ts';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJsonl } from '../../../src/corpus/jsonl.ts';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import type { Project } from '../../../src/project/project.ts';
import { relationCandidates } from '../../../src/project/relationCandidates.ts';
import { relationSchema } from '../../../src/project/relationSchema.ts';
import { generate, type GenerateOptions } from '../../../src/generation/run/generateTexts.ts';
import type { GenerateProgress } from '../../../src/generation/run/generateProgress.ts';
import { loadLexicon } from '../../../src/generation/topics/lexicon.ts';
import type { Provider } from '../../../src/llm/provider.ts';
import { offlineWriter } from '../../../src/generation/offline/offlineWriter.ts';

const lexicon = await loadLexicon('.');
let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-'));
});
afterEach(() => rm(root, { recursive: true }));

function options(name: string, more: Partial<GenerateOptions> = {}): GenerateOptions {
  const seed = more.seed ?? 5;
  return {
    task: 'ner',
    provider: offlineWriter(lexicon, seed),
    project: defaultProject,
    count: 60,
    out: path.join(root, name),
    seed,
    ...more,
  };
}

async function files(name: string): Promise<Record<string, string>> {
  const names = ['run.json', 'ledger.jsonl', 'accepted.jsonl', 'rejected.jsonl'];
  const contents = await Promise.all(names.map((file) => readFile(path.join(root, name, file), 'utf8')));
  return Object.fromEntries(names.map((file, index) => [file, contents[index] ?? '']));
}

describe('generate with the offline provider', () => {
  it('writes as many labelled documents as were asked for, with their provenance', async () => {
    const result = await generate(options('a'));
    const documents = parseJsonl((await files('a'))['accepted.jsonl'] ?? '');
    expect(result).toMatchObject({ accepted: 60, folder: path.join(root, 'a') });
    expect(documents).toHaveLength(60);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(60);
    const labels = new Set(documents.flatMap(({ spans }) => spans.map(({ label }) => label)));
    expect([...labels].sort()).toEqual(['Chemical', 'Disease', 'Procedure']);
    expect(documents[0]?.meta).toMatchObject({ provider: 'offline', model: 'templates-v1', seeds: [] });
    expect(documents[0]?.meta['prompt']).toMatch(/^[0-9a-f]{16}$/);
    expect(documents.filter(({ spans }) => spans.length === 0)).toHaveLength(24);
  });

  it('writes the same files byte for byte for the same seed, and others for another', async () => {
    await generate(options('a'));
    await generate(options('b'));
    await generate(options('c', { seed: 6 }));
    expect(await files('b')).toEqual(await files('a'));
    expect((await files('c'))['accepted.jsonl']).not.toBe((await files('a'))['accepted.jsonl']);
  });

  it('goes on with a stopped run to what the whole run would have written', async () => {
    await generate(options('whole'));
    const abort = new AbortController();
    const stopped = generate(options('parts'), {
      signal: abort.signal,
      onProgress: ({ accepted }) => {
        if (accepted >= 25) abort.abort();
      },
    });
    await expect(stopped).rejects.toThrow(CancelledError);
    await generate(options('parts', { resume: true }));
    expect(await files('parts')).toEqual(await files('whole'));
  });

  it.each([
    ['in the middle of a ledger line', 'ledger.jsonl', '{"event":"requ'],
    ['while it wrote accepted texts', 'accepted.jsonl', '{"id":"x","text":"half a li'],
    ['while it wrote rejected texts', 'rejected.jsonl', '{"reason":"dup'],
  ])('loses and doubles nothing when it was killed %s', async (_, file, torn) => {
    await generate(options('whole'));
    await generate(options('killed', { count: 30 }));
    await appendFile(path.join(root, 'killed', file), torn);
    await generate(options('killed', { resume: true }));
    const [whole, killed] = [await files('whole'), await files('killed')];
    const ids = parseJsonl(killed['accepted.jsonl'] ?? '').map(({ id }) => id);
    expect(new Set(ids).size).toBe(60);
    expect(killed['accepted.jsonl']?.slice(0, 2000)).toBe(whole['accepted.jsonl']?.slice(0, 2000));
  });

  it('does not ask again for a reply that is on disk', async () => {
    const asked: number[] = [];
    const offline = offlineWriter(lexicon, 5);
    const counting: Writer = {
      ...offline,
      complete: (request, signal) => {
        asked.push(request.index);
        return offline.complete(request, signal);
      },
    };
    await generate(options('a', { count: 20, provider: counting }));
    const ledger = path.join(root, 'a', 'ledger.jsonl');
    const source = await readFile(ledger, 'utf8');
    const lastOutcome = source.lastIndexOf('{"event":"outcome"');
    await truncate(ledger, lastOutcome);
    const before = [...asked];
    await generate(options('a', { count: 20, provider: counting, resume: true }));
    expect(asked).toEqual(before);
    expect(await readFile(ledger, 'utf8')).toBe(source);
  });

  it('refuses a folder that holds a run, and a resumed run with other settings', async () => {
    await generate(options('a', { count: 10 }));
    await expect(generate(options('a'))).rejects.toThrow(/already a run in this folder/);
    await expect(generate(options('a', { seed: 9, resume: true }))).rejects.toThrow(/a different seed/);
    await writeFile(path.join(root, 'a', 'accepted.jsonl'), 'x\n');
    await expect(generate(options('a', { resume: true }))).rejects.toThrow(/changed after the run wrote it/);
  });

  it('writes about the names of the project', async () => {
    const names = ['Fabry disease', 'Alport syndrome', 'gout', 'sepsis'];
    const project: Project = { ...defaultProject, topics: { Disease: names } };
    await generate(options('a', { project, count: 40 }));
    for (const { meta, spans } of parseJsonl((await files('a'))['accepted.jsonl'] ?? '')) {
      const seeds = meta['seeds'];
      // Of other types no names are listed.
      const isOfType = spans.some(({ label }) => label === 'Disease');
      expect(Array.isArray(seeds) && (seeds.length > 0 || !isOfType)).toBe(true);
    }
  });

  it('keeps reasons and texts of what it refused', async () => {
    const { rejected, rejectedByReason } = await generate(options('a', { count: 300 }));
    const lines = ((await files('a'))['rejected.jsonl'] ?? '').split('\n').slice(0, -1);
    expect(lines).toHaveLength(rejected);
    expect(Object.values(rejectedByReason).reduce((sum, count) => sum + count, 0)).toBe(rejected);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ reason: expect.any(String), text: expect.any(String) });
  });

  it('reports progress', async () => {
    const seen: GenerateProgress[] = [];
    await generate(options('a'), { onProgress: (progress) => seen.push(progress) });
    // The first report is of the request that was sent.
    expect(seen.at(-1)).toMatchObject({ accepted: 60, wanted: 60, requests: seen.length - 1 });
  });

  it('writes relation sentences, about half of them without the relation', async () => {
    await generate(options('re', { task: 're', count: 100 }));
    const documents = parseJsonl((await files('re'))['accepted.jsonl'] ?? '');
    const schema = relationSchema(defaultProject);
    const rows = documents.flatMap((document) => relationCandidates(document, schema).map(({ row }) => row));
    expect(rows).toHaveLength(100);
    expect(rows.filter(({ label }) => label === '1')).toHaveLength(50);
    for (const { text } of rows) expect(text).toMatch(/@GENE\$.*@DISEASE\$|@DISEASE\$.*@GENE\$/);
  });

  it('says which entity types and relations its templates know', async () => {
    const entityTypes = [{ name: 'Device', definition: 'x', examples: [], counterExamples: [] }];
    const project = { ...defaultProject, entityTypes, relationTypes: [] };
    await expect(generate(options('a', { project }))).rejects.toThrow(/Disease, Chemical, Procedure/);
    await expect(generate(options('b', { project, task: 're' }))).rejects.toThrow(/no relation type/);
  });

  it('leaves the types out that the project does not have', async () => {
    const project = {
      ...defaultProject,
      entityTypes: defaultProject.entityTypes.filter(({ name }) => name !== 'Procedure'),
    };
    await generate(options('a', { project }));
    const documents = parseJsonl((await files('a'))['accepted.jsonl'] ?? '');
    expect(documents.flatMap(({ spans }) => spans).some(({ label }) => label === 'Procedure')).toBe(false);
  });
});

describe('generate with a provider that writes nothing usable', () => {
  it('gives up after some replies and says why', async () => {
    let requests = 0;
    const useless: Provider = {
      name: 'test',
      model: 'm',
      destination: { kind: 'local', host: 'here' },
      complete: () => {
        requests++;
        return Promise.resolve({ text: 'I am sorry.' });
      },
    };
    const error: unknown = await generate(options('a', { provider: useless })).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(
      /The last 3 replies could not be read: the reply holds no list of texts/,
    );
    expect(requests).toBe(3);
  });
});
