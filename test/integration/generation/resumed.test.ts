import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/foundation/userError.ts';
import type { Project } from '../../../src/project/project.ts';
import { fetchBatches } from '../../../src/runs/batches/followBatches.ts';
import { batchService } from '../../../src/llm/batch/batchService.ts';
import { submitBatches } from '../../../src/runs/batches/submitBatches.ts';
import { takeIn } from '../../../src/generation/batches/takeInResults.ts';
import { writeBatches } from '../../../src/generation/batches/writeBatches.ts';
import { builtInPrompts, editableTemplate } from '../../../src/generation/prompt/promptDefaults.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { requeueRequest } from '../../../src/runs/review/requeueRequest.ts';
import { withRun } from '../../../src/generation/run/openRun.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { projectWith, runAt } from './runAt.ts';

let root = '';
let server: ChatServer;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-resumed-'));
  server = await startChatServer();
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});
const folder = (): string => path.join(root, 'run');

/** Changes what run.json says, as if it had been written by an earlier version of Chartmark. */
async function rewrite(changes: object): Promise<void> {
  const file = path.join(folder(), 'run.json');
  const description = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...description, ...changes }));
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).describe();
}

describe('a run that another version began', () => {
  const oldName = 'ner-openai-01d01d01';

  it('keeps its name, and goes on', async () => {
    await runAt(server, folder(), { count: 12 });
    await rewrite({ run: oldName });
    const before = server.calls.length;
    await runAt(server, folder(), { count: 24, resume: true });
    const run = await readRun(folder());
    expect(brokenPromises(run, 24)).toEqual([]);
    expect(run.accepted.slice(12).every(({ id }) => id.startsWith(oldName))).toBe(true);
    const ids = server.calls.slice(before).map(({ headers }) => String(headers['x-client-request-id']));
    expect(ids.every((id) => id.startsWith(oldName))).toBe(true);
    expect(JSON.parse(await readFile(path.join(folder(), 'run.json'), 'utf8'))).toMatchObject({
      run: oldName,
      count: 24,
    });
  });

  it('takes in the batches that it has sent by that name', async () => {
    const { baseUrl } = server;
    await runAt(server, folder(), { count: 3 });
    await rewrite({ run: oldName });
    const provider = openAiProvider({ baseUrl, model: 'gpt-4o-mini' });
    const options = {
      task: 'ner',
      provider,
      project: projectWith(),
      count: 30,
      out: folder(),
      seed: 1,
      resume: true,
    } as const;
    await withRun(options, (run) => writeBatches(run, { file: path.join(root, 'batch.jsonl') }));
    const service = batchService({ apiKey: 'none', baseUrl, model: 'gpt-4o-mini', timeout: 2000 });
    const work = { folder: folder(), run: oldName, service, retries: 0, backoff: { base: 1, most: 1 } };
    const { signal } = new AbortController();
    await submitBatches(work, { signal });
    expect(await readFile(path.join(root, 'batch.jsonl'), 'utf8')).toContain(`"custom_id":"${oldName}-b1-1-`);
    await fetchBatches({ ...work, every: 1 }, { signal });
    const taken = await withRun(options, (run) => takeIn(run, []));
    expect(taken).toMatchObject({ replies: 9, unknown: 0 });
    expect(brokenPromises(await readRun(folder()), 30)).toEqual([]);
  });

  it('is refused with a sentence where it says other settings than this one would', async () => {
    await runAt(server, folder(), { count: 12 });
    await rewrite({ settings: '0123456789abcdef' });
    const [before, calls] = [await readRun(folder()), server.calls.length];
    expect(await failureOf(runAt(server, folder(), { count: 24, resume: true }))).toMatch(
      /run\.json: The run was started with different settings\. Resume it with the original settings/u,
    );
    expect(await readRun(folder())).toEqual(before);
    expect(server.calls).toHaveLength(calls);
  });
});

describe('a request that is asked again in a run with a template of its own', () => {
  const withTemplate = (words: string): Project => ({
    ...projectWith(),
    prompts: {
      ner: {
        file: 'prompts/ner.md',
        text: `# System\n\n${words} {{types}} {{reply}}\n\n# Request\n\nWrite {{texts}}. {{entityFree}} are free. {{style}} {{seeds}}`,
      },
    },
  });
  const mine = withTemplate('In my words.');

  it('is put as before', async () => {
    await runAt(server, folder(), { count: 12, project: mine });
    const first = server.calls.find(({ index }) => index === 1)?.body.messages;
    expect(first?.[0]?.content).toMatch(/^In my words\./u);
    const number = await requeueRequest(folder(), 1);
    await runAt(server, folder(), { count: 18, project: mine, resume: true });
    expect(server.calls.find(({ index }) => index === number)?.body.messages).toEqual(first);
    expect(brokenPromises(await readRun(folder()), 18)).toEqual([]);
  });

  it.each([
    ['another one', withTemplate('In other words.')],
    ['the built-in one', projectWith()],
  ])('is not sent under %s', async (_, project) => {
    await runAt(server, folder(), { count: 12, project: mine });
    await requeueRequest(folder(), 1);
    const calls = server.calls.length;
    expect(await failureOf(runAt(server, folder(), { count: 18, project, resume: true }))).toMatch(
      /The run was started with a different template\./u,
    );
    expect(server.calls).toHaveLength(calls);
  });

  it('is sent where only a comment of the template changed, and where the built-in one was written into the project', async () => {
    const commented = withTemplate('In my words.');
    const [file, text] = [commented.prompts?.ner?.file ?? '', commented.prompts?.ner?.text ?? ''];
    const noted = { ...commented, prompts: { ner: { file, text: `<!-- Ours. -->\n\n${text}` } } };
    await runAt(server, folder(), { count: 12, project: mine });
    await runAt(server, folder(), { count: 18, project: noted, resume: true });
    expect(brokenPromises(await readRun(folder()), 18)).toEqual([]);

    const written = {
      ...projectWith(),
      prompts: { ner: { file, text: editableTemplate('ner', builtInPrompts.ner) } },
    };
    const other = path.join(root, 'other');
    await runAt(server, other, { count: 12 });
    await runAt(server, other, { count: 18, project: written, resume: true });
    expect(brokenPromises(await readRun(other), 18)).toEqual([]);
  });

  it('is not sent under one of its own where the run had none', async () => {
    await runAt(server, folder(), { count: 12 });
    await requeueRequest(folder(), 1);
    expect(await failureOf(runAt(server, folder(), { count: 18, project: mine, resume: true }))).toMatch(
      /The run was started with a different template\./u,
    );
  });
});
