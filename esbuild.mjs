// Builds every bundle: the extension host, the worker process, the command line and the webview pages.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { context } from 'esbuild';
import { digestOfSources, stampFile } from './scripts/freshBundles.ts';

const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  legalComments: 'linked',
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  outExtension: { '.js': '.cjs' },
  // What jsonc-parser names as "main" loads its parts in a way that cannot be bundled.
  mainFields: ['module', 'main'],
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', external: ['vscode'] },
  { ...node, entryPoints: { worker: 'src/worker.ts' }, outdir: 'dist', external: ['onnxruntime-node'] },
  { ...node, entryPoints: { commandLine: 'src/cli.ts' }, outdir: 'dist' },
  {
    ...node,
    // So that an old Node can read it and say that it is too old.
    target: 'node10',
    entryPoints: { cli: 'src/start.ts' },
    external: ['./commandLine.cjs'],
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: !watch,
    entryPoints: {
      report: 'webview/report/main.ts',
      training: 'webview/training/main.ts',
      review: 'webview/review/main.ts',
    },
    outdir: 'dist/webview',
  },
  {
    ...common,
    minify: !watch,
    entryPoints: {
      report: 'webview/report/report.css',
      training: 'webview/training/training.css',
      review: 'webview/review/review.css',
    },
    outdir: 'dist/webview',
  },
];

// Before the first bundle: what changes from here on makes the build a stale one.
const digest = await digestOfSources();
await mkdir('dist', { recursive: true });
await rm(stampFile, { force: true });
for (const options of bundles) {
  const build = await context(options);
  if (watch) {
    await build.watch();
  } else {
    await build.rebuild();
    await build.dispose();
  }
}
if (!watch) await writeFile(stampFile, digest);
