import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from './paths.ts';
import { runCommand } from './run.ts';

const recipe = path.join(root, 'test/editor/server');
const cache = path.join(root, '.cache/vscode');

/** Every file that decides what an installation holds. */
const ingredients = [
  'package.json',
  'package-lock.json',
  'workbench/package.json',
  'workbench/package-lock.json',
  'standIns/spdlog.cjs',
  'standIns/watchdog.cjs',
];

/**
 * The VS Code server (code-server's entry.js), installed from npm by the committed lock files when it is
 * missing: about 200 MB to download, no install scripts, no compiler.
 *
 * An installation is a folder named by the hash of its ingredients, filled beside its place and renamed
 * into it: an interrupted one is never used, and of two at once the first to end wins.
 */
export async function installServer(): Promise<string> {
  const home = path.join(cache, await recipeHash());
  const entry = path.join(home, 'node_modules/code-server/out/node/entry.js');
  if (existsSync(home)) return entry;

  console.log('Installing the VS Code server from npm (once, about 200 MB) ...');
  await removeAbandoned();
  const staging = path.join(cache, `staging-${process.pid}`);
  try {
    await fill(staging);
    await rename(staging, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return entry;
}

async function recipeHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ingredients) hash.update(await readFile(path.join(recipe, file)));
  return hash.digest('hex').slice(0, 12);
}

async function fill(home: string): Promise<void> {
  const workbench = path.join(home, 'workbench');
  await mkdir(workbench, { recursive: true });
  for (const folder of ['', 'workbench']) {
    for (const file of ['package.json', 'package-lock.json']) {
      await copyFile(path.join(recipe, folder, file), path.join(home, folder, file));
    }
    await npmCi(path.join(home, folder));
  }

  // code-server's own install script would do this with a compiler and all of VS Code's native modules.
  const modules = path.join(home, 'node_modules/code-server/lib/vscode/node_modules');
  await rename(path.join(workbench, 'node_modules'), modules);
  await removeOtherPlatforms(path.join(modules, '@vscode/ripgrep-universal/bin'));
  await removeOtherPlatforms(path.join(modules, 'node-pty/prebuilds'));
  const watchdog = path.join(modules, '@vscode/native-watchdog/build/Release');
  await mkdir(watchdog, { recursive: true });
  await copyFile(path.join(recipe, 'standIns/watchdog.cjs'), path.join(watchdog, 'watchdog.js'));
  await copyFile(path.join(recipe, 'standIns/spdlog.cjs'), path.join(modules, '@vscode/spdlog/index.js'));
}

async function npmCi(cwd: string): Promise<void> {
  const install = (): Promise<string> =>
    runCommand(
      'npm',
      ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd,
        minutes: 10,
      },
    );
  // A second try, since one lost connection among 250 packages would otherwise fail the whole test run.
  await install().catch(install);
}

async function removeOtherPlatforms(folder: string): Promise<void> {
  const own = `${process.platform}-${process.arch}`;
  for (const name of await readdir(folder)) {
    if (name !== own) await rm(path.join(folder, name), { recursive: true });
  }
}

/** What installations left that were killed: their folders carry the id of a process that has ended. */
async function removeAbandoned(): Promise<void> {
  await mkdir(cache, { recursive: true });
  for (const name of await readdir(cache)) {
    const pid = /^staging-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(path.join(cache, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
