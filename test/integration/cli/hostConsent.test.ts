import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../../src/cli/exit.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { CancelledError, UserError } from '../../../src/foundation/userError.ts';
import { builtInPrompts } from '../../../src/generation/prompt/promptDefaults.ts';
import type { WorkerClient } from '../../../src/process/client.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { taggedDocument, writeRun } from '../../support/writeRun.ts';

let cwd = '';
let server: ChatServer;
let remote = '';
beforeEach(async () => {
  vi.stubEnv('CHARTMARK_API_KEY', 'k-secret');
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-host-'));
  server = await startChatServer();
  // The same server by an address that is not taken for this computer.
  remote = server.baseUrl.replace('127.0.0.1', '0.0.0.0');
  await project({});
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(cwd, { recursive: true });
});

function project(more: object): Promise<void> {
  const generation = { baseUrl: remote, model: 'house' };
  return writeFile(path.join(cwd, 'chartmark.json'), JSON.stringify({ generation, ...more }));
}

/** Runs a command as on a terminal where `answer` is typed, or without one; gives what was asked and noted. */
async function run(args: readonly string[], answer?: string) {
  const said = { asked: [] as string[], noted: [] as string[] };
  const ask = (question: string): Promise<string> => {
    said.asked.push(question);
    return Promise.resolve(answer ?? '');
  };
  const program = createProgram(
    {
      resources: '.',
      signal: new AbortController().signal,
      worker: {} as WorkerClient,
      print: () => undefined,
      note: (line) => void said.noted.push(line),
      ...(answer === undefined ? {} : { ask }),
    },
    '0',
  );
  const failure = await program.parseAsync([...args, '--project', cwd], { from: 'user' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ...said, failure };
}

/** All that has reached the server. */
function requests(): number {
  const calls = ['upload', 'create', 'list', 'retrieve', 'cancel', 'content'] as const;
  return calls.reduce((sum, call) => sum + server.batches.calls(call), server.calls.length);
}

const runFolder = (): string => path.join(cwd, 'run');
const commands = {
  generate: () => ['generate', '--provider', 'openai', '--count', '3', '--out', runFolder()],
  'find-prompt': () => ['find-prompt', '--out', path.join(cwd, 'search')],
  topics: () => ['topics', '--from', 'openai', '--count', '3', '--run', path.join(cwd, 'seeds')],
};

describe('a host that only chartmark.json names', () => {
  for (const [name, args] of Object.entries(commands)) {
    it(`gets nothing from ${name} without consent`, async () => {
      const { failure } = await run(args());
      expect(failure).toBeInstanceOf(UsageError);
      const { host } = new URL(remote);
      expect((failure as UsageError).describe()).toBe(
        `Nothing was sent, because only chartmark.json says to send prompts and your key to ${host} (http, NOT ENCRYPTED). ` +
          `If you want that, repeat the address with --base-url ${remote}, or add --yes.`,
      );
      const refused = await run(args(), 'no');
      expect(refused.failure).toBeInstanceOf(CancelledError);
      expect(refused.asked).toEqual([
        `Send prompts and your key to ${host} (http, NOT ENCRYPTED), model house? (yes/no) `,
      ]);
      expect(server.calls).toHaveLength(0);
    });

    it(`is asked by ${name} after a yes, with --yes, and when the command names it`, async () => {
      await run(args(), 'yes');
      const afterYes = server.calls.length;
      expect(afterYes).toBeGreaterThan(0);
      await rm(runFolder(), { recursive: true, force: true });
      await rm(path.join(cwd, 'seeds'), { recursive: true, force: true });
      await rm(path.join(cwd, 'search'), { recursive: true, force: true });
      await run([...args(), '--yes']);
      expect(server.calls.length).toBeGreaterThan(afterYes);
      await rm(runFolder(), { recursive: true, force: true });
      const { asked } = await run([...args(), '--base-url', remote], 'q');
      expect(asked.join('')).not.toMatch(/your key/);
    });
  }

  it('is not asked about batches without consent', async () => {
    const files = [...commands.generate(), '--batch-out', path.join(cwd, 'requests.jsonl')];
    expect((await run(files)).failure).toBeUndefined();
    for (const command of ['submit', 'status', 'fetch', 'cancel']) {
      const { failure } = await run(['batch', command, runFolder()]);
      expect(failure).toBeInstanceOf(UsageError);
      const refused = await run(['batch', command, runFolder()], 'no');
      expect(refused.failure).toBeInstanceOf(CancelledError);
      const sent = command === 'submit' ? 'prompts and your key' : 'your key';
      expect(refused.asked).toEqual([expect.stringContaining(`Send ${sent} to ${new URL(remote).host} `)]);
    }
    expect(requests()).toBe(0);
  });

  it('gets nothing without consent when it is this computer, either', async () => {
    await project({ generation: { baseUrl: server.baseUrl, model: 'house' } });
    const note = path.join(cwd, 'a.txt');
    await writeFile(note, 'He has gout.\n');
    const { host } = new URL(server.baseUrl);
    const extract = ['extract', note, '--out', path.join(cwd, 'out')];
    const all = [
      [commands.generate(), 'prompts', '--yes'],
      [extract, 'your texts', `--yes-send-to ${host}`],
    ] as const;
    for (const [args, what, option] of all) {
      const { failure } = await run(args);
      expect(failure).toBeInstanceOf(UsageError);
      expect((failure as UsageError).describe()).toBe(
        `Nothing was sent, because only chartmark.json says to send ${what} and your key to ${host} (this computer). ` +
          `If you want that, repeat the address with --base-url ${server.baseUrl}, or add ${option}.`,
      );
      expect((await run(args, 'no')).failure).toBeInstanceOf(CancelledError);
    }
    expect(requests()).toBe(0);
    expect((await run(extract, 'yes')).failure).toBeUndefined();
    expect((await run([...extract, '--resume', '--base-url', server.baseUrl])).failure).toBeUndefined();
    expect((await run([...commands.generate(), '--yes'])).failure).toBeUndefined();
    expect(server.calls.length).toBeGreaterThan(0);
  });
});

describe('a dry run', () => {
  it('sends nothing, and so needs no key', async () => {
    const labels = ['Disease'];
    await writeRun([taggedDocument('a', 'Again gout.', labels)], labels, path.join(cwd, 'synthetic'));
    const note = path.join(cwd, 'a.txt');
    await writeFile(note, 'He has gout.\n');
    await run([...commands.generate(), '--batch-out', path.join(cwd, 'requests.jsonl')]);
    vi.stubEnv('CHARTMARK_API_KEY', undefined);
    const other = path.join(cwd, 'other');
    const argsOf = {
      generate: ['generate', '--provider', 'openai', '--count', '3', '--out', other],
      topics: commands.topics(),
      extract: ['extract', note, '--out', other],
      verify: ['verify', path.join(cwd, 'synthetic')],
      'batch submit': ['batch', 'submit', runFolder()],
    };
    for (const [name, args] of Object.entries(argsOf)) {
      expect((await run([...args, '--dry-run'])).failure, name).toBeUndefined();
      const { failure } = await run(name === 'extract' ? args : [...args, '--yes']);
      expect(failure, name).toBeInstanceOf(Error);
    }
    expect(server.calls).toHaveLength(0);
  });
});

describe('a prompt with an identifier of a person', () => {
  const template = builtInPrompts.ner.replace('# Request', '# Request\nLike Jane Doe, MRN 1234567.');
  const line = template.split('\n').findIndex((text) => text.includes('Jane')) + 1;
  const guideline = 'Ask Mary Major, MRN 7654321, about it.';
  const ofGuideline = ['chartmark.json, "Disease": name', 'chartmark.json, "Disease": medical-record'];
  const ofTemplate = [`ner.md:${line}: name`, `ner.md:${line}: medical-record`];

  beforeEach(async () => {
    await project({ entityTypes: [{ name: 'Disease', definition: 'A disorder.', guideline }] });
    await mkdir(path.join(cwd, 'prompts'));
    await writeFile(path.join(cwd, 'prompts/ner.md'), template);
  });

  for (const [name, args] of Object.entries(commands)) {
    const places = [...(name === 'topics' ? [] : ofTemplate), ...ofGuideline];
    const shownPlaces = (noted: readonly string[]): readonly string[] =>
      noted.flatMap((text) => places.find((place) => text.endsWith(place)) ?? []);

    it(`is shown by ${name}, without its words, and not sent to another computer unless that is allowed`, async () => {
      const { failure, noted, asked } = await run([...args(), '--base-url', remote], 'yes');
      expect(failure).toBeInstanceOf(UserError);
      expect(asked).toEqual([]);
      expect(shownPlaces(noted)).toEqual(places);
      expect(noted.join('\n')).not.toMatch(/Jane|Mary|1234567|7654321/);
      expect(server.calls).toHaveLength(0);

      const refused = await run([...args(), '--allow-identifiers'], 'no');
      expect(refused.failure).toBeInstanceOf(CancelledError);
      expect(shownPlaces(refused.noted)).toEqual(places);
      expect(refused.asked).toHaveLength(1);
      expect(server.calls).toHaveLength(0);

      await run([...args(), '--base-url', remote, '--allow-identifiers'], 'q');
      expect(server.calls.length).toBeGreaterThan(0);
    });
  }

  it('stops a command with the number of what was found', async () => {
    const { failure } = await run([...commands.topics(), '--base-url', remote]);
    expect((failure as UserError).message).toMatch(
      /^Nothing was sent to 0\.0\.0\.0:\d+, because 2 possible identifiers were found/,
    );
  });

  it('is shown by a dry run, which needs no permission', async () => {
    const { failure, noted } = await run([...commands.generate(), '--base-url', remote, '--dry-run']);
    expect(failure).toBeUndefined();
    expect(noted.filter((text) => text.includes('medical-record'))).toHaveLength(2);
    expect(server.calls).toHaveLength(0);
  });

  it('may be sent to this computer, and is shown all the same', async () => {
    const { noted } = await run([...commands.topics(), '--base-url', server.baseUrl]);
    expect(noted).toEqual(expect.arrayContaining(ofGuideline));
    expect(server.calls.length).toBeGreaterThan(0);
  });

  it('is neither written for batches nor submitted with them unless that is allowed', async () => {
    await rm(path.join(cwd, 'prompts'), { recursive: true });
    const styles = [{ name: 'letter', description: 'a letter of Jane Doe, MRN 1234567' }];
    await project({ styles });
    const files = [...commands.generate(), '--base-url', remote, '--batch-out', path.join(cwd, 'f.jsonl')];
    const refused = await run(files);
    expect((refused.failure as Error).message).toMatch(/because 2 possible identifiers were found/);
    expect(refused.noted.join('\n')).toMatch(/"letter": name\n.*"letter": medical-record/);
    await expect(access(path.join(cwd, 'f.jsonl'))).rejects.toThrow();
    expect((await run([...files, '--allow-identifiers'])).failure).toBeUndefined();

    // What counts is what the files hold, whatever the project says by now.
    await project({});
    const submit = ['batch', 'submit', runFolder(), '--base-url', remote];
    const dry = await run([...submit, '--dry-run']);
    expect(dry.failure).toBeUndefined();
    const stopped = await run(submit, 'yes');
    expect((stopped.failure as Error).message).toMatch(/^Nothing was sent to 0\.0\.0\.0:\d+/);
    for (const { noted, asked } of [dry, stopped]) {
      expect(noted.join('\n')).toMatch(/f\.jsonl:1: name\n.*f\.jsonl:1: medical-record/);
      expect(noted.join('\n')).not.toMatch(/Jane|1234567/);
      expect(asked).toEqual([]);
    }
    const no = await run(['batch', 'submit', runFolder(), '--allow-identifiers'], 'no');
    expect(no.failure).toBeInstanceOf(CancelledError);
    expect(requests()).toBe(0);

    expect((await run([...submit, '--allow-identifiers'])).failure).toBeUndefined();
    expect(server.batches.batches).toHaveLength(1);
  });
});
