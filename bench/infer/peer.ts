import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The module of transformers.js. It is no dependency of ours: installed on first use, in a folder that git ignores. */
export function transformersJs(): string {
  const folder = path.join(import.meta.dirname, '../../.cache/bench/transformers-js');
  const manifest = path.join(folder, 'package.json');
  const require = createRequire(manifest);
  const name = '@huggingface/transformers';
  if (!existsSync(path.join(folder, 'node_modules', name))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(manifest, '{ "private": true }\n');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@4`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return pathToFileURL(require.resolve(name)).href;
}
