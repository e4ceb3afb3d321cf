import * as vscode from 'vscode';
import { isUnsure, labelBehind } from '../../annotation/describeMentions.ts';
import type { Span } from '../../corpus/document.ts';
import { bioLanguage, noteLanguages } from '../bio/documentLines.ts';
import type { Services } from '../services.ts';

/**
 * The type of each mention that a model found, behind it in a note; in a BIO file, where the tag says the type, only the
 * score of a mention that the model was unsure of. They are inlay hints, because these are the only text of an extension
 * that the editor measures when it wraps lines.
 */
export function registerLabelHints({ predictions }: Pick<Services, 'predictions'>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    predictions.onDidChange(() => changed.fire()),
    vscode.languages.registerInlayHintsProvider([bioLanguage, ...noteLanguages], {
      onDidChangeInlayHints: changed.event,
      provideInlayHints(document, range) {
        const hintOf = document.languageId === bioLanguage ? scoreHint : labelHint;
        const [first, last] = [document.offsetAt(range.start), document.offsetAt(range.end)];
        return (predictions.get(document.uri)?.spans ?? [])
          .filter(({ start, end }) => start <= last && end >= first)
          .flatMap((span) => hintOf(document, span));
      },
    }),
  );
}

function labelHint(document: vscode.TextDocument, span: Span): vscode.InlayHint[] {
  return [hintAt(document.positionAt(span.end), labelBehind(span))];
}

function scoreHint(document: vscode.TextDocument, span: Span): vscode.InlayHint[] {
  if (!isUnsure(span)) return [];
  return [hintAt(document.lineAt(document.positionAt(span.start)).range.end, `? ${span.score?.toFixed(2)}`)];
}

/** The blank of its own keeps the mention's line from running on below it, and the two on one line. */
function hintAt(position: vscode.Position, text: string): vscode.InlayHint {
  return new vscode.InlayHint(position, `\u00a0${text}`);
}
