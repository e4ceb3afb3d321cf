import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumOptions } from '../editor/harness/browser.ts';
import type { PageProtocol, PageToHost } from '../../webview/protocol.ts';
import { type PageName, servePages } from './server.ts';
import { type Theme, themes } from './themes.ts';

const bundle = 'dist/webview';

/** A built page of the extension in a real browser. Only `acquireVsCodeApi` and the theme are stand-ins. */
export interface EditorPage<P extends PageProtocol> {
  readonly page: Page;
  /** What the page has sent since it was loaded. */
  readonly sent: () => Promise<readonly PageToHost<P>[]>;
  readonly state: () => Promise<P['state'] | undefined>;
  /** Errors of the console, exceptions and violations of the content policy. */
  readonly complaints: () => string[];
  readonly close: () => Promise<void>;
}

export interface PageOptions<P extends PageProtocol> {
  readonly theme?: Theme;
  readonly state?: P['state'];
  readonly width?: number;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(chromiumOptions());
}

/** Opens a page that is shown `content` when it is ready, and waits for what it makes of it. */
export async function openEditorPage<P extends PageProtocol>(
  browser: Browser,
  name: PageName,
  content: P['content'],
  { theme = themes.dark, state, width = 1100 }: PageOptions<P> = {},
): Promise<EditorPage<P>> {
  const server = await servePages(bundle);
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The browser asks for an icon of its own accord.
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript({ content: editorStandIn({ type: 'show', content }, theme, state) });
  await page.goto(server.address(name));
  await page.getByRole('heading', { level: 1 }).waitFor();
  return {
    page,
    sent: () => page.evaluate('window.sentMessages'),
    state: () => page.evaluate('window.keptState'),
    complaints: () => complaints,
    close: async () => {
      await page.close();
      server.close();
    },
  };
}

/** The part of VS Code that the page sees: it keeps state, takes messages and answers `ready`. */
function editorStandIn(answer: object, theme: Theme, state: unknown): string {
  return `
    window.sentMessages = [];
    window.keptState = ${state === undefined ? 'undefined' : JSON.stringify(state)};
    window.acquireVsCodeApi = () => ({
      getState: () => window.keptState,
      setState: (state) => { window.keptState = state; },
      postMessage: (message) => {
        window.sentMessages.push(message);
        if (message.type === 'ready') window.postMessage(${JSON.stringify(answer)}, '*');
      },
    });
    document.addEventListener('DOMContentLoaded', () => {
      for (const [name, value] of Object.entries(${JSON.stringify(theme.variables)})) {
        document.documentElement.style.setProperty(name, value);
      }
      document.body.className = ${JSON.stringify(theme.kind)};
      document.body.dataset.vscodeThemeKind = ${JSON.stringify(theme.kind)};
    });
  `;
}
