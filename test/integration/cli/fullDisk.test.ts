import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canMount } from '../../support/canMount.ts';
import { type ChatServer, startChatServer } from '../../support/chatServer/chatServer.ts';
import { brokenPromises, readRun } from '../../support/runInvariants.ts';
import { bundle } from './chartmark.ts';

let cwd: string;
let server: ChatServer;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'chartmark-full-'));
  server = await startChatServer();
});
afterEach(async () => {
  await server.close();
  await rm(cwd, { recursive: true, force: true });
});

test.skipIf(!canMount())('a run on a full disk says so, and goes on when there is room', async () => {
  await mkdir(path.join(cwd, 'disk'));
  const script = `
    mount -t tmpfs -o size=48k none disk
    "$@"; echo "first $?"
    cp -r disk/run before
    mount -o remount,size=20m disk
    "$@" --resume; echo "then $?"
    cp -r disk/run after`;
  const generate = `generate --provider openai --base-url ${server.baseUrl} --model m --count 60 --out disk/run`;
  const shell = ['-rm', 'sh', '-c', script, 'sh', process.execPath, bundle, ...generate.split(' ')];
  const { stdout, stderr } = await promisify(execFile)('unshare', shell, { cwd });
  expect(stderr).toMatch(/disk\/run\/\w+\.jsonl: The disk is full/u);
  expect(stdout).toMatch(/^first 1$[\s\S]*^then 0$/mu);
  const before = await readRun(path.join(cwd, 'before'));
  expect(before.replies.length).toBeGreaterThan(0);
  expect(brokenPromises(await readRun(path.join(cwd, 'after')), 60)).toEqual([]);
  // What was answered before is not asked again.
  const answered = server.calls.map(({ index }) => index);
  for (const { index } of before.replies) expect(answered.filter((one) => one === index)).toHaveLength(1);
});
