import { access } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Report } from '../../src/evaluation/report.ts';
import { chromiumOptions } from '../editor/harness/browser.ts';
import type { HostToPageMessage, PageToHostMessage, ReportPageState } from '../../webview/protocol.ts';
import { type PageServer, servePages } from './server.ts';
import { type Theme, themes } from './themes.ts';

const bundle = 'dist/webview';

/** The built report page in a real browser. Only `acquireVsCodeApi` and the theme are stand-ins. */
export interface ReportPage {
  readonly page: Page;
  /** What the page has sent since it was loaded. */
  readonly sent: () => Promise<readonly PageToHostMessage[]>;
  readonly state: () => Promise<ReportPageState | undefined>;
  /** Errors of the console, exceptions and violations of the content policy. */
  readonly complaints: () => string[];
  readonly close: () => Promise<void>;
}

interface OpenOptions {
  readonly theme?: Theme;
  readonly state?: ReportPageState;
  readonly width?: number;
}

export async function launchBrowser(): Promise<Browser> {
  await access(`${bundle}/report.js`).catch(() => {
    throw new Error(`${bundle}/report.js is missing: run "npm run build" first`);
  });
  return chromium.launch(chromiumOptions());
}

export async function openReport(
  browser: Browser,
  report: Report,
  { theme = themes.dark, state, width = 1100 }: OpenOptions = {},
): Promise<ReportPage> {
  const server: PageServer = await servePages(bundle);
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The browser asks for an icon of its own accord.
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const answer: HostToPageMessage = { type: 'showReport', report, file: 'reports/sample.json' };
  await page.addInitScript({ content: editorStandIn(answer, theme, state) });
  await page.goto(server.address);
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
function editorStandIn(answer: HostToPageMessage, theme: Theme, state: ReportPageState | undefined): string {
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
