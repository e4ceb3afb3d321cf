import * as vscode from 'vscode';
import type { StyleKey } from '../../annotation/styleKey.ts';
import { mentionTypes } from '../../project/project.ts';
import { bioLanguage } from '../bio/documentLines.ts';
import type { EntityStyles } from '../highlights/entityStyles.ts';
import type { Services } from '../services.ts';

/**
 * Draws the mentions that a model found into the text, each with its type behind it, and registers
 * `chartmark.clearPredictions`, which removes them.
 */
export function registerPredictionDrawing(
  services: Pick<Services, 'commands' | 'predictions' | 'projects'>,
  styles: EntityStyles,
): vscode.Disposable {
  const { commands, predictions, projects } = services;
  const drawn = new WeakMap<vscode.TextEditor, ReadonlySet<StyleKey>>();

  const draw = (editor: vscode.TextEditor): void => {
    const { document } = editor;
    // In a BIO document the tags themselves are highlighted.
    const prediction = document.languageId === bioLanguage ? undefined : predictions.get(document.uri);
    const types = mentionTypes(projects.current(document.uri));
    const byStyle = new Map<StyleKey, vscode.DecorationOptions[]>();
    for (const { start, end, label } of prediction?.spans ?? []) {
      const key = styles.keyOf(label, types);
      const options = byStyle.get(key) ?? [];
      byStyle.set(key, options);
      options.push({
        range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
        renderOptions: { after: labelBehind(label, styles.get(key).color) },
      });
    }
    for (const key of drawn.get(editor) ?? []) {
      if (!byStyle.has(key)) editor.setDecorations(styles.get(key).text, []);
    }
    for (const [key, options] of byStyle) editor.setDecorations(styles.get(key).text, options);
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

function labelBehind(
  label: string,
  color: string | vscode.ThemeColor,
): vscode.ThemableDecorationAttachmentRenderOptions {
  return {
    contentText: label,
    color,
    fontWeight: 'bold',
    margin: '0 0 0 0.3em',
    // The API knows no font size; its style sheet takes what follows a text decoration.
    textDecoration: 'none; font-size: 0.75em; vertical-align: 0.1em',
  };
}
