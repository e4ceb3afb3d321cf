import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canMount } from '../../support/canMount.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartmark-read-only-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.skipIf(!canMount()).each([['out.txt'], ['new/out.txt'], ['new/er/out.txt']])(
  'a file system that is read-only is told as such, not as a file that does not exist: %s',
  async (file) => {
    const program = `
      import { writeFileAtomic } from ${JSON.stringify(path.resolve('src/foundation/atomicFile.ts'))};
      await writeFileAtomic(${JSON.stringify(path.join(folder, file))}, 'x').catch((error) => console.log(error.message));
    `;
    const mount = 'mount -t tmpfs -o ro none "$0" && exec "$1" --input-type=module --eval "$2"';
    const { stdout } = await promisify(execFile)('unshare', [
      '-rm',
      'sh',
      '-c',
      mount,
      folder,
      process.execPath,
      program,
    ]);
    expect(stdout.trim()).toBe('The file system is read-only.');
  },
);
