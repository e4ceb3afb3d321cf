import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultProject } from '../../../src/project/defaults.ts';
import { runExtraction } from '../../../src/questions/extract/runExtraction.ts';
import { openAiProvider } from '../../../src/llm/openai/openaiProvider.ts';
import { startChatServer, type ChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedReply } from '../../support/chatServer/directAnswers.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { projectWith, runAt } from './runAt.ts';

let root = '';
let server: ChatServer;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-leftovers-'));
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

const folder = (): string => path.join(root, 'run');
const file = (name: string): string => path.join(folder(), name);
const one = { count: 12, sending: { concurrency: 1 } };

async function contents(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder())).filter((name) => name !== 'run.lock').toSorted();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(file(name), 'utf8')] as const)),
  );
}

/** A sentence about `name`; whatever is in the folder stays byte for byte, and nothing is sent. */
async function refusedWith(work: () => Promise<unknown>, sentence: RegExp): Promise<void> {
  const [before, calls] = [await contents(), server.calls.length];
  await expect(work().catch((error: Error & { describe(): string }) => error.describe())).resolves.toMatch(
    sentence,
  );
  expect(await contents()).toEqual(before);
  expect(server.calls).toHaveLength(calls);
}

describe('texts that no ledger explains', () => {
  it.each(['accepted.jsonl', 'rejected.jsonl'])(
    'are not cut off when a run begins beside %s',
    async (name) => {
      server = await startChatServer();
      await runAt(server, folder(), one);
      await writeFile(file('rejected.jsonl'), '{"reason":"duplicate","detail":"","text":"x","request":0}\n');
      const kept = await readFile(file(name));
      await rm(folder(), { recursive: true });
      await runAt(server, folder(), { count: 3 });
      for (const other of await readdir(folder())) await rm(file(other));
      await writeFile(file(name), kept);
      const sentence = new RegExp(`${name}: This file has lines that .*choose another folder`);
      await refusedWith(() => runAt(server, folder(), one), sentence);
      await refusedWith(() => runAt(server, folder(), { ...one, resume: true }), sentence);
    },
  );

  it('are not cut off when a run goes on whose ledger is gone, or whose run.json is', async () => {
    server = await startChatServer();
    await runAt(server, folder(), one);
    const { 'ledger.jsonl': ledger = '' } = await contents();
    await rm(file('ledger.jsonl'));
    await refusedWith(
      () => runAt(server, folder(), { ...one, resume: true }),
      /accepted\.jsonl: .*do not come from a reply.* Restore the ledger\.jsonl/,
    );
    await writeFile(file('ledger.jsonl'), ledger);
    await rm(file('run.json'));
    for (const resume of [true, false]) {
      await refusedWith(() => runAt(server, folder(), { ...one, resume }), /run\.json: This file is missing/);
    }
  });

  it('are not cut off wherever the ledger ends at the end of a line', async () => {
    server = await startChatServer();
    await runAt(server, folder(), { ...one, project: projectWith({ textsPerRequest: 3 }) });
    const { 'ledger.jsonl': ledger = '' } = await contents();
    const lines = ledger.split('\n').slice(0, -1);
    expect(lines).toHaveLength(12);
    // A kill leaves the last reply without its outcome, and no other one.
    for (let kept = 0; kept < lines.length - 1; kept++) {
      const cut = lines.slice(0, kept).map((line) => `${line}\n`);
      await writeFile(file('ledger.jsonl'), cut.join(''));
      await refusedWith(
        () => runAt(server, folder(), { ...one, resume: true }),
        /accepted\.jsonl: .*do not come from a reply/,
      );
    }
    await writeFile(file('ledger.jsonl'), `${lines.slice(0, -1).join('\n')}\n`);
    const calls = server.calls.length;
    await runAt(server, folder(), { ...one, resume: true });
    expect(server.calls).toHaveLength(calls);
    expect(brokenPromises(await readRun(folder()), 12)).toEqual([]);
  });

  it('are not cut off when there are more of them than the reply that was not judged can have brought', async () => {
    server = await startChatServer();
    await runAt(server, folder(), one);
    const { 'ledger.jsonl': ledger = '', 'accepted.jsonl': accepted = '' } = await contents();
    await writeFile(file('ledger.jsonl'), `${ledger.split('\n').slice(0, -2).join('\n')}\n`);
    const [last = ''] = accepted.split('\n').slice(-2);
    await writeFile(file('accepted.jsonl'), `${accepted}${last}\n`);
    await refusedWith(() => runAt(server, folder(), { ...one, resume: true }), /do not come from a reply/);
  });

  it('are not cut off when an extraction goes on', async () => {
    server = await startChatServer({ write: (_, body) => taggedReply(body, { gout: 'Disease' }) });
    const work = (resume: boolean) =>
      runExtraction({
        task: 'ner',
        project: defaultProject,
        labels: ['Disease'],
        provider: openAiProvider({ baseUrl: server.baseUrl, model: 'gpt-4o-mini' }),
        questions: [1, 2, 3, 4].map((number) => ({ task: 'ner', text: `Case ${number} has gout.` })),
        perRequest: 1,
        out: folder(),
        resume,
        sending: { concurrency: 1 },
      });
    const { answers } = await work(false);
    const { 'ledger.jsonl': ledger = '' } = await contents();
    const lines = ledger.split('\n').slice(0, -1);
    for (let kept = 0; kept < lines.length - 1; kept++) {
      await writeFile(
        file('ledger.jsonl'),
        lines
          .slice(0, kept)
          .map((line) => `${line}\n`)
          .join(''),
      );
      await refusedWith(() => work(true), /accepted\.jsonl: .*do not come from a reply/);
    }
    await writeFile(file('ledger.jsonl'), `${lines.slice(0, -1).join('\n')}\n`);
    expect((await work(true)).answers).toEqual(answers);
    expect(server.calls).toHaveLength(4);
  });
});

describe('a ledger that an editor has saved in another way', () => {
  it('is not emptied', async () => {
    server = await startChatServer();
    await runAt(server, folder(), one);
    const { 'ledger.jsonl': ledger = '' } = await contents();
    await writeFile(file('ledger.jsonl'), Buffer.from(`\uFEFF${ledger}`, 'utf16le'));
    await refusedWith(
      () => runAt(server, folder(), { ...one, resume: true }),
      /ledger\.jsonl: The file is encoded as UTF-16\. Save it as UTF-8/,
    );
    await writeFile(file('ledger.jsonl'), ledger.replaceAll('"event"', '"Event"'));
    await refusedWith(
      () => runAt(server, folder(), { ...one, resume: true }),
      /ledger\.jsonl:1: .*not what Chartmark wrote/,
    );
  });

  it('goes on from where it was though it begins with a byte order mark', async () => {
    server = await startChatServer();
    await runAt(server, folder(), one);
    const { 'ledger.jsonl': ledger = '' } = await contents();
    await writeFile(file('ledger.jsonl'), `\uFEFF${ledger}`);
    const calls = server.calls.length;
    await runAt(server, folder(), { ...one, count: 15, resume: true });
    expect(server.calls).toHaveLength(calls + 1);
    expect(brokenPromises(await readRun(folder()), 15)).toEqual([]);
  });
});
