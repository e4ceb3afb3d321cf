import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from './paths.ts';
import type { Outcome } from './results.ts';

/** The suites of `npm run test:editor`. */
export const testSuites = path.join(root, 'test/editor/suites');

/**
 * Bundles the suites below `suites` and the module that runs them into `folder`, as the extension host loads them.
 * Gives back that module's path. mocha is taken from the project by its absolute path, so that the host
 * needs no node_modules in sight.
 */
export async function bundleSuites(folder: string, suites: string): Promise<string> {
  const mocha = createRequire(import.meta.url).resolve('mocha');
  const files = await readdir(suites, { recursive: true });
  const entries = files.filter((file) => file.endsWith('.test.ts'));
  if (entries.length === 0) throw new Error(`No suites in ${suites}.`);
  await build({
    entryPoints: [
      { in: path.join(import.meta.dirname, 'hostEntry.ts'), out: 'index' },
      ...entries.map((file) => ({
        in: path.join(suites, file),
        out: file.replaceAll(/[\\/]/g, '.').replace(/\.ts$/, ''),
      })),
    ],
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // As in esbuild.mjs.
    mainFields: ['module', 'main'],
    external: ['vscode'],
    logLevel: 'warning',
    plugins: [
      {
        name: 'mocha of the project',
        setup: (bundle) => {
          bundle.onResolve({ filter: /^mocha$/ }, () => ({ path: mocha, external: true }));
        },
      },
    ],
  });
  return path.join(folder, 'index.cjs');
}

/** What `hostEntry` has recorded so far. */
export async function readOutcomes(file: string): Promise<Outcome[]> {
  const lines = await readFile(file, 'utf8').catch(() => '');
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Outcome);
}
