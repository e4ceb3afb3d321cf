import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUtf8 } from '../../../src/corpus/decode.ts';
import { openIfThere, readText, readTextIfThere } from '../../../src/foundation/readFiles.ts';
import { UserError } from '../../../src/foundation/userError.ts';
import { readSafetensors } from '../../../src/model/weights/safetensors.ts';
import { createSession } from '../../../src/model/session.ts';

describe.skipIf(process.platform === 'win32')('a place in the file system that is not a file', () => {
  let folder: string;
  const server = createServer();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'chartmark-special-'));
    await promisify(execFile)('mkfifo', [path.join(folder, 'pipe')]);
    await new Promise<void>((resolve) => {
      server.listen(path.join(folder, 'socket'), resolve);
    });
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true });
  });

  const readers = { readText, readTextIfThere, openIfThere, readUtf8, readSafetensors, createSession };

  it.each(Object.entries(readers))('is refused, not opened, by %s', async (_, read) => {
    for (const [place, kind] of [
      [path.join(folder, 'pipe'), 'a named pipe'],
      [path.join(folder, 'socket'), 'a socket'],
      ['/dev/zero', 'a device'],
      [folder, 'a folder'],
    ] as const) {
      const failure = await read(place).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      expect((failure as UserError).place?.file).toBe(place);
      expect((failure as UserError).message).toContain(kind);
    }
  });

  it('is not taken for a missing file', async () => {
    expect(await readTextIfThere(path.join(folder, 'nothing'))).toBeUndefined();
    expect(await openIfThere(path.join(folder, 'nothing'))).toBeUndefined();
    await expect(readTextIfThere(path.join(folder, 'pipe', 'below'))).rejects.toBeInstanceOf(UserError);
  });
});
