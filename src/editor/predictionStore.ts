import * as vscode from 'vscode';
import type { Document, Relation, Span } from '../corpus/document.ts';
import { shiftSpans } from '../annotation/shiftSpans.ts';

/** What a model found in an open document. Offsets are those of the document's text as it is now. */
export interface Prediction {
  /** Path of the model folder. */
  readonly model: string;
  readonly spans: readonly Span[];
  /** Between the spans. */
  readonly relations?: readonly Relation[];
  /** What else the .ann file says whose mentions these are. */
  readonly origin?: Pick<Document, 'attributes' | 'standoff'>;
}

/** The predictions for open documents. They live in memory only, until the document is closed. */
export interface Predictions extends vscode.Disposable {
  get(uri: vscode.Uri): Prediction | undefined;
  set(uri: vscode.Uri, prediction: Prediction): void;
  clear(uri: vscode.Uri): void;
  /** Names the document whose predictions came, went or moved. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

export function createPredictions(): Predictions {
  const known = new Map<string, Prediction>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const clear = (uri: vscode.Uri): void => {
    if (known.delete(uri.toString())) changed.fire(uri);
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeTextDocument(({ document: { uri }, contentChanges }) => {
      const before = known.get(uri.toString());
      if (before === undefined || contentChanges.length === 0) return;
      let spans = before.spans;
      // Each change of an event is given in the text as it was; from the last to the first, none moves another.
      for (const change of contentChanges.toSorted((a, b) => b.rangeOffset - a.rangeOffset)) {
        spans = shiftSpans(spans, {
          offset: change.rangeOffset,
          length: change.rangeLength,
          inserted: change.text.length,
        });
      }
      const ids = new Set(spans.map(({ id }) => id));
      const relations = before.relations?.filter(({ head, tail }) => ids.has(head) && ids.has(tail)) ?? [];
      known.set(uri.toString(), { ...before, spans, relations });
      changed.fire(uri);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => clear(uri)),
  );
  return {
    get: (uri) => known.get(uri.toString()),
    set(uri, prediction) {
      known.set(uri.toString(), prediction);
      changed.fire(uri);
    },
    clear,
    onDidChange: changed.event,
    dispose: () => void subscriptions.dispose(),
  };
}
