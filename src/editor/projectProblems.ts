import * as vscode from 'vscode';
import type { UserError } from '../foundation/userError.ts';

const source = 'Chartmark';

/** What is wrong with each chartmark.json, in the Problems view. */
interface ProjectProblems extends vscode.Disposable {
  set(file: vscode.Uri, problem: vscode.Diagnostic): void;
  clear(file: vscode.Uri): void;
}

/**
 * A mistake is listed once: while the file is open, the editor's JSON language checks it by the schema, and what it marks in
 * the same line needs no second entry.
 */
export function createProjectProblems(): ProjectProblems {
  const collection = vscode.languages.createDiagnosticCollection('chartmark-project');
  const found = new Map<string, vscode.Diagnostic>();
  const update = (file: vscode.Uri): void => {
    const problem = found.get(file.toString());
    const isListed = (collection.get(file) ?? []).length > 0;
    const isWanted = problem !== undefined && !isMarked(file, problem);
    // Each change of a list is an event, which comes back here.
    if (isWanted && !isListed) collection.set(file, [problem]);
    else if (!isWanted && isListed) collection.delete(file);
  };
  const subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) if (found.has(uri.toString())) update(uri);
  });
  return {
    set(file, problem) {
      found.set(file.toString(), problem);
      collection.delete(file);
      update(file);
    },
    clear(file) {
      found.delete(file.toString());
      collection.delete(file);
    },
    dispose: () => void vscode.Disposable.from(collection, subscription).dispose(),
  };
}

/** Whether something else marks a place in the line of a problem. */
function isMarked(file: vscode.Uri, { range }: vscode.Diagnostic): boolean {
  return vscode.languages
    .getDiagnostics(file)
    .some((other) => other.source !== source && other.range.intersection(range) !== undefined);
}

export function projectProblem(error: UserError): vscode.Diagnostic {
  const line = Math.max(0, (error.place?.line ?? 1) - 1);
  const message = error.nextStep === undefined ? error.message : `${error.message} ${error.nextStep}`;
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER), message);
  diagnostic.source = source;
  return diagnostic;
}
