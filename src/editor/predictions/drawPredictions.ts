import * as vscode from 'vscode';
import { isUnsure } from '../../annotation/describeMentions.ts';
import type { StyleKey } from '../../annotation/styleKey.ts';
import { mentionTypes } from '../../project/project.ts';
import { bioLanguage } from '../bio/documentLines.ts';
import type { EntityStyles } from '../highlights/entityStyles.ts';
import type { Services } from '../services.ts';

/**
 * Draws the mentions that a model found into the text, and registers `chartmark.clearPredictions`, which removes them.
 * Their types are written behind them by `labelHints.ts`.
 */
export function registerPredictionDrawing(
  services: Pick<Services, 'commands' | 'predictions' | 'projects'>,
  styles: EntityStyles,
): vscode.Disposable {
  const { commands, predictions, projects } = services;
  const drawn = new WeakMap<vscode.TextEditor, ReadonlySet<StyleKey>>();

  const setRanges = (
    editor: vscode.TextEditor,
    key: StyleKey,
    { text, unsure }: { readonly text: vscode.Range[]; readonly unsure: vscode.Range[] },
  ): void => {
    const style = styles.get(key);
    editor.setDecorations(style.text, text);
    editor.setDecorations(style.unsure, unsure);
  };
  const draw = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    // In a BIO document the tags themselves are highlighted.
    const prediction = document.languageId === bioLanguage ? undefined : predictions.get(document.uri);
    const types = mentionTypes(projects.current(document.uri));
    const byStyle = new Map<StyleKey, { readonly text: vscode.Range[]; readonly unsure: vscode.Range[] }>();
    for (const span of prediction?.spans ?? []) {
      const key = styles.keyOf(span.label, types);
      const ranges = byStyle.get(key) ?? { text: [], unsure: [] };
      byStyle.set(key, ranges);
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      ranges[isUnsure(span) ? 'unsure' : 'text'].push(range);
    }
    for (const key of drawn.get(editor) ?? []) {
      if (!byStyle.has(key)) setRanges(editor, key, { text: [], unsure: [] });
    }
    for (const [key, ranges] of byStyle) setRanges(editor, key, ranges);
    drawn.set(editor, new Set(byStyle.keys()));
  };
  const drawAll = (): void => {
    for (const editor of vscode.window.visibleTextEditors) {
      if (drawn.has(editor) || predictions.get(editor.document.uri) !== undefined) draw(editor);
    }
  };
  /** Menus ask for it. */
  const updateContext = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const shown = uri !== undefined && predictions.get(uri) !== undefined;
    void vscode.commands.executeCommand('setContext', 'chartmark.hasPredictions', shown);
  };
  return vscode.Disposable.from(
    commands.register('chartmark.clearPredictions', ({ uri: given }) => {
      const uri = given ?? vscode.window.activeTextEditor?.document.uri;
      if (uri !== undefined) predictions.clear(uri);
    }),
    vscode.window.onDidChangeActiveTextEditor(updateContext),
    predictions.onDidChange((uri) => {
      updateContext();
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document.uri.toString() === uri.toString()) draw(editor);
      }
    }),
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    projects.onDidChange(drawAll),
  );
}
