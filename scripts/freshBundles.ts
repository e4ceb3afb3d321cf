/** Keeps tests from running bundles that were built from other sources than those in the working tree. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
/** Written by a build when it is done: the digest of what it was made from. */
export const stampFile = path.join(root, 'dist/sources.sha256');
/** All that decides what is in a bundle. */
const folders = ['src', 'webview'];
const files = ['esbuild.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** SHA-256 over names and content of the sources. */
export async function digestOfSources(): Promise<string> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name));
    }),
  );
  const sources = [...found.flat(), ...files.map((file) => path.join(root, file))].sort();
  const contents = await Promise.all(sources.map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const [at, file] of sources.entries()) {
    const content = contents[at] as Buffer;
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Builds the bundles unless they are of the sources as they are now. Throws if they cannot be built. */
export async function buildIfStale(): Promise<void> {
  const built = await readFile(stampFile, 'utf8').catch(() => '');
  if (built === (await digestOfSources())) return;
  await promisify(execFile)(process.execPath, ['esbuild.mjs'], { cwd: root });
}

/** For vitest's `globalSetup`: before the first run, and in watch mode before each further one. */
export default async function setUp(project: {
  onTestsRerun(run: () => Promise<void>): void;
}): Promise<void> {
  await buildIfStale();
  project.onTestsRerun(buildIfStale);
}
