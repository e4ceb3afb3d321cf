import * as vscode from 'vscode';
import type { StyleKey } from '../../annotation/styleKey.ts';
import { markedLines } from '../../corpus/bio/lineSource.ts';
import { mentionTypes } from '../../project/project.ts';
import { bioLanguage, documentLines, formatOf } from '../bio/documentLines.ts';
import type { Services } from '../services.ts';
import type { EntityStyles } from './entityStyles.ts';

/** Lines above and below the visible ones that are drawn too, so that scrolling finds them ready. */
const margin = 120;

/** How many durations are kept. */
const keptTimings = 4096;

export interface BioHighlights extends vscode.Disposable {
  /** Milliseconds that the latest redrawings took in this process, oldest first. */
  readonly timings: () => readonly number[];
}

/**
 * Highlights the mentions of BIO files by type. Only lines on the screen and near it are ever read, so
 * that a keystroke costs the same in a file of any length.
 */
export function registerBioHighlights(
  services: Pick<Services, 'projects'>,
  styles: EntityStyles,
): BioHighlights {
  const timings: number[] = [];
  const drawn = new WeakMap<vscode.TextEditor, ReadonlySet<StyleKey>>();

  const draw = (editor: vscode.TextEditor): void => {
    if (editor.document.languageId !== bioLanguage) {
      clear(editor);
      return;
    }
    const started = performance.now();
    const byStyle = rangesByStyle(editor, services, styles);
    for (const [key, { text, tag }] of byStyle) {
      const style = styles.get(key);
      editor.setDecorations(style.text, text);
      editor.setDecorations(style.tag, tag);
    }
    clear(editor, byStyle);
    drawn.set(editor, new Set(byStyle.keys()));
    timings.push(performance.now() - started);
    if (timings.length > keptTimings) timings.shift();
  };

  /** Takes away the styles that were drawn in `editor` and are not among `kept`. */
  const clear = (editor: vscode.TextEditor, kept?: ReadonlyMap<StyleKey, unknown>): void => {
    for (const key of drawn.get(editor) ?? []) {
      if (kept?.has(key) === true) continue;
      const style = styles.get(key);
      editor.setDecorations(style.text, []);
      editor.setDecorations(style.tag, []);
    }
    drawn.delete(editor);
  };

  const drawDocument = (document: vscode.TextDocument): void => {
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) draw(editor);
  };
  const drawAll = (): void => {
    for (const editor of vscode.window.visibleTextEditors) draw(editor);
  };
  drawAll();
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(drawAll),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => draw(textEditor)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === bioLanguage && contentChanges.length > 0) drawDocument(document);
    }),
    // A change of language closes the document and opens it anew.
    vscode.workspace.onDidOpenTextDocument(drawDocument),
    services.projects.onDidChange(drawAll),
  );
  return { timings: () => [...timings], dispose: () => void subscriptions.dispose() };
}

interface StyledRanges {
  readonly text: vscode.Range[];
  readonly tag: vscode.Range[];
}

function rangesByStyle(
  { document, visibleRanges }: vscode.TextEditor,
  { projects }: Pick<Services, 'projects'>,
  styles: EntityStyles,
): ReadonlyMap<StyleKey, StyledRanges> {
  const types = mentionTypes(projects.current(document.uri));
  const lines = documentLines(document);
  const format = formatOf(document, projects);
  const byStyle = new Map<StyleKey, StyledRanges>();
  // An editor that is not laid out yet shows nothing, and will begin at the top.
  const visible = visibleRanges.length === 0 ? [new vscode.Range(0, 0, 0, 0)] : visibleRanges;
  let done = 0;
  for (const range of visible) {
    const first = Math.max(done, range.start.line - margin);
    done = Math.max(done, range.end.line + margin + 1);
    for (const { line, token, tag, label } of markedLines(lines, first, done, format)) {
      const key = styles.keyOf(label, types);
      const ranges = byStyle.get(key) ?? { text: [], tag: [] };
      byStyle.set(key, ranges);
      ranges.text.push(new vscode.Range(line, token.start, line, token.end));
      ranges.tag.push(new vscode.Range(line, tag.start, line, tag.end));
    }
  }
  return byStyle;
}
