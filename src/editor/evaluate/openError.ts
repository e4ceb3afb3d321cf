import { runFolders } from '../../runs/runFolders.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { bioToDocument } from '../../corpus/bio/document.ts';
import { parseBio } from '../../corpus/bio/file.ts';
import { readDocuments } from '../../corpus/read.ts';
import type { Report, ReportError } from '../../evaluation/report.ts';
import { UserError } from '../../foundation/userError.ts';
import { bioLanguage } from '../bio/documentLines.ts';

type ErrorPlace = Pick<ReportError, 'document' | 'line' | 'start' | 'end'>;

/** Opens the gold file of an error with the mention selected. Throws `UserError` if it is not found. */
export async function openError(
  { sources, task, scheme }: Report,
  folder: string,
  location: ErrorPlace,
): Promise<void> {
  const areRows = task === 're' && scheme === 'rows';
  for (const source of sources.gold) {
    const file = path.resolve(folder, source);
    const documents = areRows ? [] : await readDocuments([file], runFolders);
    const index = documents.findIndex(({ id }) => id === location.document);
    if (index === -1 && (!areRows || sources.gold.length > 1)) continue;
    const document = await vscode.workspace.openTextDocument(file);
    const range = await rangeIn(document, index, location);
    await vscode.window.showTextDocument(document, {
      selection: range,
      viewColumn: vscode.ViewColumn.Beside,
    });
    return;
  }
  throw new UserError('The text of this error is no longer where the report says.', {
    nextStep: 'Evaluate again.',
  });
}

async function rangeIn(
  document: vscode.TextDocument,
  index: number,
  { line, start, end }: ErrorPlace,
): Promise<vscode.Range> {
  if (document.languageId === bioLanguage) {
    return bioRange(document, { start, end });
  }
  // One document a line in JSONL, and one row a line in relation data.
  const isLines = /\.(?:jsonl|tsv)$/.test(document.uri.path);
  if (isLines)
    return document.lineAt(Math.min(document.lineCount - 1, index === -1 ? line - 1 : index)).range;
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Offsets in the tokens joined by blanks, as lines of the file. */
async function bioRange(
  document: vscode.TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<vscode.Range> {
  const file = parseBio(await readFile(document.uri.fsPath, 'utf8'), { file: document.uri.fsPath });
  const { tokens = [] } = bioToDocument(file, '');
  const first = file.tokens[tokens.findIndex((token) => token.end > start)];
  const last = file.tokens[tokens.findLastIndex((token) => token.start < end)];
  const lastLine = last?.line ?? first?.line ?? 0;
  return new vscode.Range(first?.line ?? 0, 0, lastLine, document.lineAt(lastLine).text.length);
}
