import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.ts';
import { runCommand } from './run.ts';

export interface ServerOptions {
  /** code-server's entry.js, from `installServer`. */
  readonly entry: string;
  /** A free one when absent. */
  readonly port?: number;
  /** User data, logs and installed extensions; a new temporary folder, removed at the end, when absent. */
  readonly home?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Packaged extensions to install before the start. */
  readonly extensions?: readonly string[];
  /** The folder of an unpacked extension that is used where it lies, as if it were installed. */
  readonly linked?: string;
  /**
   * Whether an address may name an extension under development or tests to run. The workbench then shows
   * no notification toasts, only its notification centre.
   */
  readonly testing?: boolean;
  /** Whether workspaces have to be trusted first, which nobody does: they stay restricted. */
  readonly untrusted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface EditorServer {
  readonly url: string;
  readonly home: string;
  readonly logFile: string;
  /** Settles when the server has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Settings without which a workbench asks the network, or the person, for things. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** Workspace trust as every user has it, but that the question about it is not put. */
const restrictedSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** Starts the VS Code server on the loopback interface, without a password. */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const home = options.home ?? (await mkdtemp(path.join(tmpdir(), 'chartmark-editor-')));
  await mkdir(path.join(home, 'data/User'), { recursive: true });
  await mkdir(path.join(home, 'extensions'), { recursive: true });
  await writeFile(path.join(home, 'config.yaml'), '');
  const trust = options.untrusted === true ? restrictedSettings : {};
  await writeSettings(path.join(home, 'data/User/settings.json'), { ...trust, ...options.settings });
  if (options.linked !== undefined) await linkExtension(path.join(home, 'extensions'), options.linked);

  const folders = [
    options.entry,
    `--config=${path.join(home, 'config.yaml')}`,
    `--user-data-dir=${path.join(home, 'data')}`,
    `--extensions-dir=${path.join(home, 'extensions')}`,
  ];
  const env = environment(home, options.env);
  for (const extension of options.extensions ?? []) {
    await runCommand(process.execPath, [...folders, '--install-extension', extension], {
      cwd: home,
      env,
      minutes: 3,
    });
  }

  const port = options.port ?? (await freePort());
  const logFile = path.join(home, 'server.log');
  const log = await open(logFile, 'w');
  const child = spawn(
    process.execPath,
    [
      ...folders,
      '--auth=none',
      `--bind-addr=127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      ...(options.untrusted === true ? [] : ['--disable-workspace-trust']),
      '--disable-getting-started-override',
      '--disable-proxy',
      // Without it the server ignores extensionDevelopmentPath and extensionTestsPath, and says nothing.
      ...(options.testing === true ? ['--vscode-option=enable-smoke-test-driver'] : []),
    ],
    { cwd: home, env, stdio: ['ignore', log.fd, log.fd], detached: process.platform !== 'win32' },
  );
  // A runner that ends before its time takes the server with it.
  const stopAtExit = (): void => signalGroup(child, 'SIGKILL');
  process.once('exit', stopAtExit);
  const ended = once(child, 'exit').then(() => void process.off('exit', stopAtExit));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await stopGroup(child, ended);
    await log.close();
    if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await waitUntilHealthy(url, child);
  } catch (error) {
    await stopGroup(child, ended);
    await log.close();
    throw new Error(`The VS Code server did not start on port ${port}; its log is ${logFile}.`, {
      cause: error,
    });
  }
  return { url, home, logFile, ended, stop };
}

/** A home that was used before keeps its person's settings. */
async function writeSettings(file: string, settings: ServerOptions['settings']): Promise<void> {
  if (existsSync(file)) return;
  await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
}

/** VS Code's own register of installed extensions, with the one entry. */
async function linkExtension(extensions: string, folder: string): Promise<void> {
  const { publisher, name, version } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const entry = {
    identifier: { id: `${publisher}.${name}` },
    version,
    location: { $mid: 1, scheme: 'file', path: folder },
  };
  await writeFile(path.join(extensions, 'extensions.json'), JSON.stringify([entry]));
}

function environment(home: string, extra: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv {
  return {
    ...process.env,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    // No extension gallery: no requests to it.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...extra,
  };
}

async function waitUntilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const healthy = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(50);
  }
  throw new Error(child.exitCode === null ? 'No answer in 60 s.' : `Ended with code ${child.exitCode}.`);
}

/** Asks first, and forces after 5 s. */
async function stopGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(child, signal);
    await Promise.race([ended, sleep(5000, undefined, { ref: false })]);
  }
}

/** The extension hosts are children of the server: the whole group goes. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
}
