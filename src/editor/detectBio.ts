import path from 'node:path';
import * as vscode from 'vscode';
import { isClearlyBio } from '../corpus/sniff.ts';
import { bioLanguage, documentLines } from './bio/documentLines.ts';
import { firstLines } from '../corpus/bio/lineSource.ts';
import type { Services } from './services.ts';

/** How many lines are looked at. */
const looked = 200;

/** Gives a .tsv or .txt file the BIO language when its content is clearly that. */
export function registerBioDetection({ log }: Pick<Services, 'log'>): vscode.Disposable {
  const detected = new Set<string>();
  const detect = async (document: vscode.TextDocument): Promise<void> => {
    const key = document.uri.toString();
    // Once a document: whoever sets the language back is right.
    if (!isCandidate(document) || detected.has(key)) return;
    if (!isClearlyBio(firstLines(documentLines(document), looked))) return;
    detected.add(key);
    await vscode.languages.setTextDocumentLanguage(document, bioLanguage);
  };
  const detectInBackground = (document: vscode.TextDocument): void => {
    detect(document).catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  };
  for (const document of vscode.workspace.textDocuments) detectInBackground(document);
  return vscode.workspace.onDidOpenTextDocument(detectInBackground);
}

function isCandidate({ uri, languageId }: vscode.TextDocument): boolean {
  const isFile = uri.scheme !== 'output' && uri.scheme !== 'git';
  return (
    isFile && languageId !== bioLanguage && ['.tsv', '.txt'].includes(path.extname(uri.path).toLowerCase())
  );
}
