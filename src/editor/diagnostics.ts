import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { checkText } from '../corpus/check/checkText.ts';
import type { Problem } from '../corpus/problem.ts';
import { defaultProject } from '../project/defaults.ts';
import { bioLanguage, layoutFor } from './bio/documentLines.ts';
import type { Services } from './services.ts';

/** How long typing must rest before a file is checked: longer for a long one, whose check takes longer. */
function restMs({ lineCount }: vscode.TextDocument): number {
  return 400 + lineCount / 100;
}

/** UTF-16 units. A larger file is checked when it is opened or saved, not while typing. */
const largestWhileTyping = 1_000_000;

/** UTF-16 units. A larger file is left to `chartmark check`. */
const largest = 20_000_000;

/** No person reads more problems of one file, and each costs memory in the window. */
const mostProblems = 1000;

/** Shows what is wrong in BIO, JSONL and brat files. */
export function registerDiagnostics(services: Pick<Services, 'log' | 'projects'>): vscode.Disposable {
  const { log, projects } = services;
  const collection = vscode.languages.createDiagnosticCollection('chartmark');
  const waiting = new Map<string, NodeJS.Timeout>();

  const forget = ({ uri }: vscode.TextDocument): void => {
    clearTimeout(waiting.get(uri.toString()));
    waiting.delete(uri.toString());
    collection.delete(uri);
  };
  const check = async (document: vscode.TextDocument, limit: number): Promise<void> => {
    const { uri, version } = document;
    const source = document.getText();
    if (source.length > limit) return;
    const labels = projectLabels(projects, uri);
    const text = await standoffText(uri);
    if (document.isClosed || document.version !== version) return;
    const problems = checkText(source, uri.fsPath, {
      ...(labels === undefined ? {} : { labels }),
      ...(text === undefined ? {} : { text }),
      layout: layoutFor(uri, projects),
    });
    collection.set(uri, problems.slice(0, mostProblems).map(toDiagnostic));
  };
  /** A newer call takes the place of one that waits. */
  const checkAfter = (document: vscode.TextDocument, delay: number, limit: number): void => {
    if (!isChecked(document)) return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    const run = (): void => {
      waiting.delete(key);
      if (document.isClosed) return;
      check(document, limit).catch((error: unknown) =>
        log.error(error instanceof Error ? error : String(error)),
      );
    };
    waiting.set(key, setTimeout(run, delay));
  };
  const checkOpenFiles = (): void => {
    for (const document of vscode.workspace.textDocuments) checkAfter(document, restMs(document), largest);
  };
  checkOpenFiles();
  return vscode.Disposable.from(
    collection,
    { dispose: () => waiting.forEach((timer) => clearTimeout(timer)) },
    vscode.workspace.onDidOpenTextDocument((document) => checkAfter(document, restMs(document), largest)),
    vscode.workspace.onDidSaveTextDocument((document) => checkAfter(document, 0, largest)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) checkAfter(document, restMs(document), largestWhileTyping);
    }),
    vscode.workspace.onDidCloseTextDocument(forget),
    projects.onDidChange(checkOpenFiles),
  );
}

/** The labels that may appear: any, unless chartmark.json names its own types. */
function projectLabels(projects: Services['projects'], uri: vscode.Uri): readonly string[] | undefined {
  const { entityTypes } = projects.current(uri);
  return entityTypes === defaultProject.entityTypes ? undefined : entityTypes.map(({ name }) => name);
}

/** The text beside an .ann file. */
async function standoffText(uri: vscode.Uri): Promise<string | undefined> {
  if (!isStandoff(uri)) return undefined;
  const text = uri.with({ path: uri.path.replace(/\.ann$/i, '.txt') });
  return readFile(text.fsPath, 'utf8').catch(() => undefined);
}

function isStandoff({ path: file }: vscode.Uri): boolean {
  return /\.ann$/i.test(file);
}

function isChecked({ languageId, uri }: vscode.TextDocument): boolean {
  if (languageId === bioLanguage) return true;
  return uri.scheme === 'file' && (isStandoff(uri) || /\.jsonl$/i.test(uri.path));
}

function toDiagnostic({
  line,
  column,
  endColumn,
  severity,
  code,
  message,
  nextStep,
}: Problem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(line - 1, column - 1, line - 1, endColumn - 1),
    nextStep === '' ? message : `${message} ${nextStep}`,
    severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = 'Chartmark';
  diagnostic.code = code;
  return diagnostic;
}
