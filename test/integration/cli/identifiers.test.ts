import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import type { WorkerClient } from '../../../src/process/client.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedDocument, writeRun } from '../../support/writeRun.ts';

const planted = 'Ask Dr. Hollis, MRN 1234567.';
const labels = ['Disease', 'Gene'];

let cwd = '';
let server: ChatServer;
beforeEach(async () => {
  vi.stubEnv('CHARTMARK_API_KEY', 'made-up');
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-identifiers-'));
  server = await startChatServer({ write: () => '{"texts":[]}' });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(cwd, { recursive: true });
});

/** The parts of chartmark.json that a prompt has, with the identifier in one of them. */
const prompts = {
  definition: { definition: planted },
  guideline: { guideline: planted },
  'positive example': { examples: [planted] },
  'counter-example': { counterExamples: [planted] },
};
const relation = { name: 'link', head: 'Gene', tail: 'Disease', definition: planted };

async function writeProject(ofDisease: object, relationTypes: readonly object[] = []): Promise<void> {
  const entityTypes = labels.map((name) => ({
    name,
    definition: `A ${name}.`,
    ...(name === 'Disease' ? ofDisease : {}),
  }));
  await writeFile(path.join(cwd, 'chartmark.json'), JSON.stringify({ entityTypes, relationTypes }));
}

/** The command with what it sends: a note or the texts of a run, with an identifier in it or not. */
const commands = {
  extract: async (sentence: string) => {
    const note = path.join(cwd, 'a.txt');
    await writeFile(note, `He has gout.\n${sentence}\n`);
    return { args: ['extract', note, '--out', path.join(cwd, 'out')], place: 'a.txt:2', option: 'own' };
  },
  verify: async (sentence: string) => {
    const folder = path.join(cwd, 'synthetic', 'run-1');
    const texts = [`Known <Disease>gout</Disease>.`, `Again gout. ${sentence}`];
    const documents = texts.map((text, index) => taggedDocument(String(index), text, labels));
    await writeRun(documents, labels, folder);
    return { args: ['verify', folder], place: 'accepted.jsonl:2', option: 'synthetic' };
  },
};

/** Runs a command that would send to what looks like another computer; `answer` is typed if it asks. */
async function run(args: readonly string[], answer?: string) {
  const shown: string[] = [];
  const asked: string[] = [];
  const ask = (question: string): Promise<string> => {
    // Whatever is to be seen is there before the question.
    asked.push([...shown, question].join('\n'));
    return Promise.resolve(answer ?? '');
  };
  const program = createProgram(
    {
      resources: '.',
      signal: new AbortController().signal,
      worker: {} as WorkerClient,
      print: (line) => void shown.push(line),
      note: (line) => void shown.push(line),
      ...(answer === undefined ? {} : { ask }),
    },
    '0',
  );
  const baseUrl = server.baseUrl.replace('127.0.0.1', '0.0.0.0');
  const common = ['--model', 'house', '--base-url', baseUrl, '--project', cwd];
  const failure: unknown = await program.parseAsync([...args, ...common], { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { shown: shown.join('\n'), asked: asked.join('\n'), failure };
}

function agreed(option: string): readonly string[] {
  const { host } = new URL(server.baseUrl.replace('127.0.0.1', '0.0.0.0'));
  return option === 'own' ? ['--yes-send-to', host] : ['--yes'];
}

async function expectStopped(args: readonly string[], option: string, place: string): Promise<void> {
  const stopped = await run([...args, ...agreed(option)]);
  expect(stopped.failure).toBeInstanceOf(UserError);
  for (const kind of ['name', 'medical-record']) expect(stopped.shown).toContain(`${place}: ${kind}`);
  expect(`${stopped.shown} ${String(stopped.failure)}`).not.toMatch(/Hollis|1234567/);
  const refused = await run([...args, '--allow-identifiers'], 'no');
  expect(refused.failure).toBeInstanceOf(CancelledError);
  expect(refused.asked).toContain(`${place}: name`);
  expect(server.calls).toHaveLength(0);
  await run([...args, '--allow-identifiers'], 'yes');
  expect(server.calls.length).toBeGreaterThan(0);
}

for (const [name, prepare] of Object.entries(commands)) {
  describe(`an identifier that chartmark ${name} would send`, () => {
    it('in a text is shown, and nothing is sent before a person allows it', async () => {
      await writeProject({});
      const { args, place, option } = await prepare(planted);
      await expectStopped(args, option, place);
    });

    it.each(Object.entries(prompts))('in a %s is shown too', async (_, ofDisease) => {
      await writeProject(ofDisease);
      const { args, option } = await prepare('Seen today.');
      await expectStopped(args, option, 'chartmark.json, "Disease"');
    });

    it('is no reason to ask when there is nothing left to send', async () => {
      await writeProject({});
      const { args } = await prepare(planted);
      const all = [...args, '--allow-identifiers'];
      await run(all, 'yes');
      const before = server.calls.length;
      const again = await run(name === 'extract' ? [...args, '--resume'] : args, 'no');
      expect(again.failure).toBeUndefined();
      expect(server.calls).toHaveLength(before);
    });
  });
}

describe('an identifier in the definition of a relation', () => {
  it('is shown, and nothing is sent before a person allows it', async () => {
    await writeProject({}, [relation]);
    const note = path.join(cwd, 'a.txt');
    await writeFile(note, 'HBB and anaemia.\n');
    await writeFile(path.join(cwd, 'a.ann'), 'T1\tGene 0 3\tHBB\nT2\tDisease 8 15\tanaemia\n');
    const args = ['extract', note, '--task', 're', '--out', path.join(cwd, 'out')];
    await expectStopped(args, 'own', 'chartmark.json, "link"');
  });
});
