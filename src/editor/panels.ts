import * as vscode from 'vscode';
import type { PageProtocol } from '../../webview/protocol.ts';
import type { Services } from './services.ts';
import { showFailure } from './showFailure.ts';
import { pageHtml } from '../tasks/pages/pageHtml.ts';
import { linkPage, type MessageReaders, type Page, type PageLink } from '../tasks/pages/pageLink.ts';

/** A kind of panel. */
interface PanelKind<P extends PageProtocol> {
  /** Its script, style sheet and icon have this name; the type of its panels is `chartmark.NAME`. */
  readonly name: 'report' | 'training' | 'review';
  /** For screen readers and tools; it holds no text of a user. */
  readonly pageTitle: string;
  readonly readers: MessageReaders<P>;
  /** Brings a panel back after a reload of the window, if its page kept enough. Such panels outlive the extension. */
  readonly restore?: (state: unknown) => { readonly key: string; readonly page: Page<P> } | undefined;
}

/** The panels of one kind: at most one for each key. */
export interface Panels<P extends PageProtocol> extends vscode.Disposable {
  /**
   * Shows the page from `make` in the open panel with this key, after closing its old page, or in a new panel. If `make`
   * throws, throws the same and opens no panel.
   */
  show(
    key: string,
    make: () => Page<P> | Promise<Page<P>>,
    where?: { readonly viewColumn: vscode.ViewColumn; readonly preserveFocus: boolean },
  ): Promise<void>;
  /** Shows the content of an open panel as it is now. */
  refresh(key: string): void;
}

export function registerPanels<P extends PageProtocol>(
  { resources, log }: Pick<Services, 'resources' | 'log'>,
  { name, pageTitle, readers, restore }: PanelKind<P>,
): Panels<P> {
  const viewType = `chartmark.${name}`;
  const files = vscode.Uri.joinPath(resources, 'dist', 'webview');
  const options = { enableScripts: true, localResourceRoots: [files] };
  const open = new Map<string, { readonly panel: vscode.WebviewPanel; readonly link: PageLink<P> }>();
  let latest: Promise<void> = Promise.resolve();
  const onFailed = (error: unknown): void => void showFailure(log, viewType, error);

  const fill = (panel: vscode.WebviewPanel, key: string, page: Page<P>): void => {
    const { webview } = panel;
    const link = linkPage(page, readers, {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- VS Code's webview takes no origin.
      post: (message) => webview.postMessage(message),
      onRefused: (reason) => log.warn(`${viewType}: refused a message from the page: ${reason}.`),
      onFailed,
    });
    open.set(key, { panel, link });
    panel.title = page.title;
    panel.iconPath = vscode.Uri.joinPath(resources, 'media', `${name}.svg`);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) link.unloaded();
    });
    panel.onDidDispose(() => {
      open.delete(key);
      link.unloaded();
      link.page.close?.().catch(onFailed);
    });
    webview.onDidReceiveMessage((message: unknown) => link.receive(message));
    webview.options = options;
    webview.html = pageHtml(name, pageTitle, webview.cspSource, (file) =>
      webview.asWebviewUri(vscode.Uri.joinPath(files, file)).toString(),
    );
  };

  const serializer =
    restore === undefined
      ? undefined
      : vscode.window.registerWebviewPanelSerializer(viewType, {
          async deserializeWebviewPanel(panel, state: unknown) {
            const restored = restore(state);
            if (restored === undefined) panel.dispose();
            else fill(panel, restored.key, restored.page);
          },
        });

  return {
    async show(key, make, where = { viewColumn: vscode.ViewColumn.Active, preserveFocus: false }) {
      const work = async (): Promise<void> => {
        const shown = open.get(key);
        if (shown === undefined) {
          const page = await make();
          fill(vscode.window.createWebviewPanel(viewType, page.title, where, options), key, page);
          return;
        }
        const { panel, link } = shown;
        panel.reveal(undefined, where.preserveFocus);
        await link.page.close?.();
        const page = await make();
        // Somebody may have closed the panel meanwhile.
        if (open.get(key) !== shown) return page.close?.();
        link.page = page;
        panel.title = page.title;
        await link.refresh();
      };
      // One after the other, so that two calls for one key do not open two panels.
      latest = latest.then(work, work);
      return latest;
    },
    refresh: (key) => void open.get(key)?.link.refresh().catch(onFailed),
    dispose() {
      if (serializer !== undefined) serializer.dispose();
      else for (const { panel } of open.values()) panel.dispose();
    },
  };
}
