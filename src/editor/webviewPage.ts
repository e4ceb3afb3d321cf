import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** A page that esbuild has made of `webview/NAME/`. */
export interface WebviewPage {
  readonly options: vscode.WebviewOptions;
  fill(panel: vscode.WebviewPanel): void;
}

/** `title` is for screen readers and tools; it is no text of a user. */
export function webviewPage(
  resources: vscode.Uri,
  name: 'report' | 'training' | 'review',
  title: string,
): WebviewPage {
  const files = vscode.Uri.joinPath(resources, 'dist', 'webview');
  const options = { enableScripts: true, localResourceRoots: [files] };
  return {
    options,
    fill(panel) {
      const { webview } = panel;
      const address = (file: string): string =>
        webview.asWebviewUri(vscode.Uri.joinPath(files, file)).toString();
      panel.iconPath = vscode.Uri.joinPath(resources, 'media', 'report.svg');
      webview.options = options;
      webview.html = pageHtml({
        title,
        script: address(`${name}.js`),
        style: address(`${name}.css`),
        source: webview.cspSource,
        nonce: randomBytes(16).toString('base64url'),
      });
    },
  };
}
