import * as vscode from 'vscode';
import { noteLanguages } from '../bio/documentLines.ts';
import type { Services } from '../services.ts';
import { relationsOf, relationText, wordsOf } from '../../annotation/describeMentions.ts';
import type { Prediction } from '../predictionStore.ts';

/** Outline and breadcrumbs of a note in which a model's mentions are shown: these, and in them their relations. */
export function registerPredictionOutline({ predictions }: Pick<Services, 'predictions'>): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  const register = (): void => {
    // An outline cannot be told that it is out of date, but it is made anew with each new provider.
    registered?.dispose();
    registered = vscode.languages.registerDocumentSymbolProvider(
      noteLanguages,
      {
        provideDocumentSymbols(document) {
          const prediction = predictions.get(document.uri);
          return prediction === undefined ? [] : symbolsOf(document, prediction);
        },
      },
      { label: 'Mentions and relations' },
    );
  };
  const versions = new WeakMap<vscode.TextDocument, number>();
  const update = (uri: vscode.Uri): void => {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    const before = document === undefined ? undefined : versions.get(document);
    if (document !== undefined) versions.set(document, document.version);
    // Each edit makes the outline anew by itself.
    if (before === undefined || before === document?.version) register();
  };
  register();
  return vscode.Disposable.from(predictions.onDidChange(update), {
    dispose: () => registered?.dispose(),
  });
}

function symbolsOf(document: vscode.TextDocument, prediction: Prediction): vscode.DocumentSymbol[] {
  const text = document.getText();
  return prediction.spans
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map((span) => {
      const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
      const words = wordsOf(span, text);
      const symbol = new vscode.DocumentSymbol(words, span.label, vscode.SymbolKind.Field, range, range);
      symbol.children = relationsOf(span, prediction).map((joined) => {
        const { label } = joined.relation;
        const name = relationText(joined, text);
        return new vscode.DocumentSymbol(name, label, vscode.SymbolKind.Event, range, range);
      });
      return symbol;
    });
}
