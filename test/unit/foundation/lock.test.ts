import { spawn } from 'node:child_process';
import { hash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeLock } from '../../../src/foundation/lock.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'chartmark-lock-'));
});
afterEach(() => rm(root, { recursive: true }));
const file = (): string => path.join(root, 'run.lock');
const lock = (): ReturnType<typeof takeLock> => takeLock(file(), 'Another process has it');
const stale = (): Promise<void> => writeFile(file(), JSON.stringify({ pid: 2 ** 30, host: hostname() }));

/** What so many processes that want the lock in the same millisecond come to. */
async function race(processes: number): Promise<readonly string[]> {
  const moment = Date.now() + 900;
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, [path.resolve('test/unit/foundation/lockChild.ts'), file(), String(moment)]),
  );
  const results = await Promise.all(
    children.map(async (child) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
      while (said.split('\n').length < 3 && child.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return said.split('\n')[1] ?? '';
    }),
  );
  await Promise.all(
    children.map(async (child) => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    }),
  );
  return results;
}

describe('a lock', () => {
  it('says to others who holds it, where and since when', async () => {
    const before = new Date().toISOString();
    const unlock = await lock();
    const [, since = ''] = await lock().then(
      () => [],
      (error: Error) => / on \S+, since (\S+)\)\.$/u.exec(error.message) ?? [],
    );
    expect(since >= before).toBe(true);
    await expect(lock()).rejects.toThrow(
      `Another process has it (process ${process.pid} on ${hostname()}, since`,
    );
    await unlock();
  });

  it('of another computer is not taken over', async () => {
    await writeFile(file(), JSON.stringify({ pid: 2 ** 30, host: `not-${hostname()}`, since: 'noon' }));
    await expect(lock()).rejects.toThrow(`on not-${hostname()}, since noon`);
  });

  it('leaves nothing of a process that was killed while it asked for it', async () => {
    await writeFile(`${file()}.${randomUUID()}`, JSON.stringify({ pid: 2 ** 30, host: hostname() }));
    const unlock = await lock();
    expect(await readdir(root)).toEqual(['run.lock']);
    await unlock();
  });

  it('that is left over goes to one of many processes that want it at the same moment', async () => {
    for (let round = 0; round < 6; round++) {
      await stale();
      const results = await race(4);
      expect(results.filter((result) => result === 'mine')).toEqual(['mine']);
      expect(results.filter((result) => result.startsWith('Another process has it (process '))).toHaveLength(
        3,
      );
      // Those processes are gone: it is left over again.
      expect(await readdir(root)).toEqual(['run.lock']);
    }
  }, 60_000);

  it('that is left over goes to one of many that want it in the same process', async () => {
    for (let round = 0; round < 40; round++) {
      await stale();
      const wanted = await Promise.allSettled(Array.from({ length: 8 }, () => lock()));
      const got = wanted.filter((result) => result.status === 'fulfilled');
      expect(got).toHaveLength(1);
      await got[0]?.value();
      expect(await readdir(root)).toEqual([]);
    }
  });

  it('is left alone by a run that lets go after somebody else has taken it', async () => {
    const unlock = await lock();
    await writeFile(file(), 'of somebody else');
    await unlock();
    expect(await readFile(file(), 'utf8')).toBe('of somebody else');
  });

  it('is taken over also where a takeover was killed in the middle', async () => {
    await stale();
    const content = await readFile(file());
    await writeFile(
      `${file()}.${hash('sha256', content).slice(0, 8)}`,
      '{"pid":1073741824,"host":"' + hostname() + '"}',
    );
    const unlock = await lock();
    expect(await readFile(file(), 'utf8')).toContain(`"pid":${process.pid}`);
    await unlock();
    expect(await readdir(root)).toEqual([]);
  });
});
