import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { workbenchAddress, type WorkbenchContent } from './address.ts';
import { startBrowser } from './browser.ts';
import { installServer } from './install.ts';
import { languageModels, resultsFolder, root } from './paths.ts';
import { startServer, type EditorServer, type ServerOptions } from './server.ts';

/**
 * Which Chartmark the editor has: the one of this repository, under development or as if it were installed
 * (the editor then behaves as a user's, toasts included), or a packaged one.
 */
export type Subject =
  | { readonly kind: 'development' }
  | { readonly kind: 'linked' }
  | { readonly kind: 'vsix'; readonly file: string };

/** A VS Code server with a browser in front of it. */
export interface Session {
  readonly subject: Subject;
  readonly server: EditorServer;
  readonly browser: BrowserContext;
  /** The folder to open as the extension under development; absent when it is installed. */
  readonly extension?: string;
  close(): Promise<void>;
}

export async function openSession(
  subject: Subject,
  {
    env = {},
    settings = {},
    linked = languageModels,
    untrusted = false,
  }: Pick<ServerOptions, 'env' | 'settings' | 'linked' | 'untrusted'> = {},
): Promise<Session> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const server = await startServer({
    entry: await installServer(),
    extensions: subject.kind === 'vsix' ? [subject.file] : [],
    settings: { 'workbench.startupEditor': 'none', 'git.enabled': false, ...settings },
    testing: subject.kind !== 'linked',
    linked: subject.kind === 'linked' ? root : linked,
    untrusted,
    env,
  });
  try {
    const browser = await startBrowser(server.home);
    return {
      subject,
      server,
      browser,
      ...(subject.kind === 'development' ? { extension: root } : {}),
      async close() {
        await browser.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A fresh copy of `source` to work in, under the session's folder: it goes when the session closes. */
export async function copyWorkspace({ server }: Session, source: string): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(server.home, 'copy-')), path.basename(source));
  await cp(source, folder, { recursive: true });
  return folder;
}

/** A new browser tab on a workbench; what its page logs is kept for `saveEvidence`. */
export async function openPage(
  { server, browser, extension }: Session,
  content: WorkbenchContent,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Page> {
  const page = await browser.newPage();
  const log: string[] = [];
  pageLogs.set(page, log);
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => log.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => log.push(`page error: ${error.stack ?? error.message}`));
  await prepare(page);
  const address = workbenchAddress(server.url, extension === undefined ? content : { extension, ...content });
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('.monaco-workbench .part.editor', { timeout: 60_000 });
  return page;
}

const pageLogs = new WeakMap<Page, string[]>();

/** Keeps what tells why a test failed, in a folder of `test-results/`: the screen, the logs. */
export async function saveEvidence({ server, subject }: Session, page: Page, name: string): Promise<string> {
  const folder = path.join(resultsFolder, subject.kind, name.replaceAll(/[^\w-]+/g, '-'));
  await rm(folder, { recursive: true, force: true });
  await cp(path.join(server.home, 'data/logs'), path.join(folder, 'logs'), { recursive: true }).catch(
    () => {},
  );
  await cp(server.logFile, path.join(folder, 'server.log'));
  await writeFile(path.join(folder, 'page.log'), (pageLogs.get(page) ?? []).join('\n'));
  await page.screenshot({ path: path.join(folder, 'screen.png'), timeout: 10_000 }).catch(() => {});
  return folder;
}
