import * as vscode from 'vscode';
import type { IdentifierKind } from '../../privacy/identifierKinds.ts';
import type { Subject } from './subject.ts';

/** Lists findings in the Problems view, where each can be clicked. */
export interface IdentifierMarks extends vscode.Disposable {
  /** Scans the text and lists what it finds. Returns how many findings there are of each kind. */
  mark(subject: Subject): Promise<ReadonlyMap<IdentifierKind, number>>;
}

export function createIdentifierMarks(): IdentifierMarks {
  const collection = vscode.languages.createDiagnosticCollection('chartmark-identifiers');
  const forget = (uri: vscode.Uri): void => collection.delete(uri);
  const subscriptions = vscode.Disposable.from(
    collection,
    // The text may be another one now.
    vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => forget(uri)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => forget(uri)),
  );
  return {
    mark: async (subject) => {
      const { findIdentifiers } = await import('../../tasks/findIdentifiers.ts');
      const { file } = subject;
      const counts = new Map<IdentifierKind, number>();
      const diagnostics = findIdentifiers(subject).map(({ kind, start, end }) => {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        const diagnostic = new vscode.Diagnostic(
          new vscode.Range(file.positionAt(start), file.positionAt(end)),
          `This looks like an identifier of a person (${kind}).`,
          vscode.DiagnosticSeverity.Warning,
        );
        diagnostic.source = 'Chartmark';
        return diagnostic;
      });
      collection.set(file.uri, diagnostics);
      return counts;
    },
    dispose: () => void subscriptions.dispose(),
  };
}
