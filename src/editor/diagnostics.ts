import path from 'node:path';
import * as vscode from 'vscode';
import { checkText, type Problem } from '../corpus/check.ts';
import { bioLanguage } from './bio/documentLines.ts';
import type { Services } from './services.ts';

/** How long typing must rest before a file is checked. */
const restMs = 400;

/** UTF-16 units. A larger file is checked when it is opened or saved, not while typing. */
const largestWhileTyping = 1_000_000;

/** UTF-16 units. A larger file is left to `chartmark check`. */
const largest = 20_000_000;

/** No person reads more problems of one file, and each costs memory in the window. */
const mostProblems = 1000;

/** Shows what is wrong in BIO, JSONL and brat files. */
export function registerDiagnostics({ log }: Pick<Services, 'log'>): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('chartmark');
  const waiting = new Map<string, NodeJS.Timeout>();

  const forget = ({ uri }: vscode.TextDocument): void => {
    clearTimeout(waiting.get(uri.toString()));
    waiting.delete(uri.toString());
    collection.delete(uri);
  };
  const check = (document: vscode.TextDocument, limit: number): void => {
    const source = document.getText();
    if (source.length > limit) return;
    try {
      const problems = checkText(source, document.uri.fsPath);
      collection.set(document.uri, problems.slice(0, mostProblems).map(toDiagnostic));
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
    }
  };
  /** A newer call takes the place of one that waits. */
  const checkAfter = (document: vscode.TextDocument, delay: number, limit: number): void => {
    if (!isChecked(document)) return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        if (!document.isClosed) check(document, limit);
      }, delay),
    );
  };
  for (const document of vscode.workspace.textDocuments) checkAfter(document, restMs, largest);
  return vscode.Disposable.from(
    collection,
    { dispose: () => waiting.forEach((timer) => clearTimeout(timer)) },
    vscode.workspace.onDidOpenTextDocument((document) => checkAfter(document, restMs, largest)),
    vscode.workspace.onDidSaveTextDocument((document) => checkAfter(document, 0, largest)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) checkAfter(document, restMs, largestWhileTyping);
    }),
    vscode.workspace.onDidCloseTextDocument(forget),
  );
}

function isChecked({ languageId, uri }: vscode.TextDocument): boolean {
  if (languageId === bioLanguage) return true;
  return uri.scheme === 'file' && ['.jsonl', '.ann'].includes(path.extname(uri.path).toLowerCase());
}

function toDiagnostic({ line, column, endColumn, severity, code, message, nextStep }: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(line - 1, column - 1, line - 1, endColumn - 1),
    nextStep === '' ? message : `${message} ${nextStep}`,
    severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = 'Chartmark';
  diagnostic.code = code;
  return diagnostic;
}
