import * as vscode from 'vscode';
import type { IdentifierKind } from '../../privacy/identifierKinds.ts';
import { offer, showPlaces } from '../offer.ts';
import { documentToAnnotate } from '../predictions/annotate.ts';
import type { Services } from '../services.ts';
import { readSubject, type Subject } from './subject.ts';

/** `chartmark.findIdentifiers`: what in the open file looks like an identifier of a person. Sends nothing. */
export function registerFindIdentifiers(services: Services, marks: IdentifierMarks): vscode.Disposable {
  return services.commands.register('chartmark.findIdentifiers', async ({ answers, uri }) => {
    const file = await documentToAnnotate(answers?.uri ?? uri);
    const subject = await readSubject(file, services);
    const found = [...(await marks.mark(subject))];
    if (found.length === 0) {
      const message = `No identifiers of persons were found in ${subject.name}. The scan may still have missed some.`;
      offer(services.log, 'info', message, []);
    } else {
      const kinds = found.map(([kind, times]) => `${kind} (${times})`).join(', ');
      const message = `Possible identifiers of persons in ${subject.name}: ${kinds}. The Problems view lists their places.`;
      offer(services.log, 'warning', message, [showPlaces]);
    }
    return Object.fromEntries(found);
  });
}

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
          `This may be an identifier of a person (${kind}).`,
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
