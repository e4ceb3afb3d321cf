import * as vscode from 'vscode';
import { CancelledError } from '../../foundation/userError.ts';
import type { Destination } from '../../llm/provider.ts';
import { placeOf, type Subject } from './subject.ts';
import { showPlaces } from '../offer.ts';

/** Where findings stand: in the Problems view, each to be clicked. */
export interface IdentifierMarks extends vscode.Disposable {
  /** Looks through the text, marks what it finds and gives the number by kind. */
  mark(subject: Subject): Promise<ReadonlyMap<string, number>>;
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
      const { findInTokens } = await import('../../privacy/tokenBlanks.ts');
      const { file, document } = subject;
      const byKind = new Map<string, number>();
      const diagnostics = findInTokens(document.text).map((finding) => {
        const { start, end } = placeOf(subject, finding);
        byKind.set(finding.kind, (byKind.get(finding.kind) ?? 0) + 1);
        const diagnostic = new vscode.Diagnostic(
          new vscode.Range(file.positionAt(start), file.positionAt(end)),
          `This looks like an identifier of a person (${finding.kind}).`,
          vscode.DiagnosticSeverity.Warning,
        );
        diagnostic.source = 'Chartmark';
        return diagnostic;
      });
      collection.set(file.uri, diagnostics);
      return byKind;
    },
    dispose: () => void subscriptions.dispose(),
  };
}

/**
 * Stops what would be sent to another computer with findings in it, unless the user says that it may go all
 * the same. Throws `CancelledError`.
 */
export async function stopForIdentifiers(
  found: ReadonlyMap<string, number>,
  { name }: Subject,
  { kind, host }: Destination,
): Promise<void> {
  const count = [...found.values()].reduce((sum, times) => sum + times, 0);
  if (count === 0 || kind === 'local') return;
  const send = 'Send All the Same';
  const chosen = await vscode.window.showWarningMessage(
    `${name} holds what looks like ${count} identifiers of persons. Nothing was sent.`,
    {
      modal: true,
      detail: [
        `Found: ${[...found].map(([found_, times]) => `${found_} (${times})`).join(', ')}.`,
        'The Problems view lists their places. Take them out, or choose a service on this computer.',
        `"${send}" is for findings that you have looked at and that are none; you then see what goes to ${host}.`,
      ].join('\n'),
    },
    showPlaces.title,
    send,
  );
  if (chosen === showPlaces.title) await showPlaces.run();
  if (chosen !== send) throw new CancelledError();
}
