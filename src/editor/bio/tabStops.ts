import * as vscode from 'vscode';
import { bioLanguage } from './documentLines.ts';

/**
 * Gives BIO files the tab stops of their language when they are first shown. A file that the window opens while it starts
 * may be there before the editor knows the defaults of this extension, and would keep those of plain text.
 */
export function registerTabStops(): vscode.Disposable {
  const done = new WeakSet<vscode.TextDocument>();
  const set = (editors: readonly vscode.TextEditor[]): void => {
    for (const editor of editors) {
      const { document } = editor;
      if (document.languageId !== bioLanguage || done.has(document)) continue;
      done.add(document);
      const settings = vscode.workspace.getConfiguration('editor', document);
      // Whoever lets the editor detect the indentation gets what it detects.
      if (settings.get('detectIndentation') === true) continue;
      editor.options = {
        tabSize: settings.get('tabSize', 16),
        insertSpaces: settings.get('insertSpaces', false),
      };
    }
  };
  const setVisible = (): void => set(vscode.window.visibleTextEditors);
  setVisible();
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(set),
    // A change of language opens the document anew.
    vscode.workspace.onDidOpenTextDocument(setVisible),
  );
}
