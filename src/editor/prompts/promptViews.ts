import * as vscode from 'vscode';

/** Read-only documents about prompts. */
export interface PromptViews extends vscode.Disposable {
  /** Shows `text`. An open document of the same name is updated. */
  show(name: string, text: string): Promise<vscode.Uri>;
}

const scheme = 'chartmark-prompt';

export function createPromptViews(): PromptViews {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) =>
      texts.get(path) ?? 'This view belongs to an earlier window. Run the command again.',
  });
  return {
    show: async (name, text) => {
      const view = vscode.Uri.from({ scheme, path: `/${name}` });
      texts.set(view.path, text);
      changed.fire(view);
      const document = await vscode.workspace.openTextDocument(view);
      await vscode.window.showTextDocument(document, { preview: true });
      return view;
    },
    dispose: () => {
      registered.dispose();
      changed.dispose();
    },
  };
}
