import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PackageManager, listFiles } from '@vscode/vsce';

export const root = path.resolve(import.meta.dirname, '..');

/** A platform that a package is made for, as VS Code names it: `linux-x64`, `darwin-arm64`, ... */
export const ownPlatform = `${process.platform}-${process.arch}`;

const ofDevelopment = new Set([
  'scripts',
  'bin',
  'private',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'knip',
]);

/** The package's place in the repository. */
export async function vsixFile(platform: string): Promise<string> {
  const { version } = await readManifest();
  return path.join(root, `chartmark-${platform}-${String(version)}.vsix`);
}

/**
 * Copies what ships into `folder`: the files that .vscodeignore lets through, a manifest without what only
 * development needs, and the one native runtime of `platform`.
 */
export async function stageExtension(folder: string, platform: string): Promise<void> {
  for (const file of await listFiles({ cwd: root, packageManager: PackageManager.None })) {
    await cp(path.join(root, file), path.join(folder, file));
  }
  const manifest = Object.entries(await readManifest());
  const shipped = Object.fromEntries(manifest.filter(([key]) => !ofDevelopment.has(key)));
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(shipped, undefined, 2)}\n`);
  // vsce leaves out a top-level node_modules; the worker in dist/ finds this one just as well.
  await stageRuntime(path.join(folder, 'dist/node_modules'), platform);
}

async function readManifest(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
}

async function stageRuntime(modules: string, platform: string): Promise<void> {
  const native = path.join('onnxruntime-node/bin/napi-v6', platform.replace('-', '/'));
  const from = path.join(root, 'node_modules');
  const copy = async (part: string): Promise<void> => {
    await mkdir(path.dirname(path.join(modules, part)), { recursive: true });
    await cp(path.join(from, part), path.join(modules, part), { recursive: true, filter: ships });
  };
  await copy(native);
  for (const part of ['package.json', 'dist']) await copy(`onnxruntime-node/${part}`);
  for (const part of ['package.json', 'dist/cjs']) await copy(`onnxruntime-common/${part}`);
}

/** No declarations, no maps, and none of the GPU providers that an install may have fetched (hundreds of MB). */
function ships(file: string): boolean {
  return !/\.(d\.ts|map)$|providers_(cuda|tensorrt|shared)/.test(file);
}
