import { setImmediate, setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { bioLanguage, documentLines, formatOf } from './bio/documentLines.ts';
import { outlineEntries, type SentenceEntry } from '../corpus/bio/outlineEntries.ts';
import type { SentenceMention } from '../corpus/bio/sentenceAt.ts';
import type { Services } from './services.ts';

interface KnownOutline {
  readonly version: number;
  readonly symbols: vscode.DocumentSymbol[];
}

/**
 * Lines from which on the outline waits, and how long in milliseconds: the window is busy for a while with
 * thousands of entries, and the highlights of a file that was just opened should come first.
 */
const longDocument = 20_000;
const rest = 1500;

/** Outline and breadcrumbs of BIO files: sentences, and in them their mentions. */
export function registerOutline({ projects }: Pick<Services, 'projects'>): vscode.Disposable {
  const known = new WeakMap<vscode.TextDocument, KnownOutline>();
  return vscode.languages.registerDocumentSymbolProvider(
    bioLanguage,
    {
      async provideDocumentSymbols(document, token) {
        const { version } = document;
        const cached = known.get(document);
        if (cached?.version === version) return cached.symbols;
        const wanted = async (): Promise<boolean> => {
          await setImmediate();
          return !token.isCancellationRequested && document.version === version;
        };
        if (document.lineCount >= longDocument) await setTimeout(rest);
        const entries = await outlineEntries(documentLines(document), formatOf(document, projects), wanted);
        if (entries === undefined) return undefined;
        const symbols = entries.map(sentenceSymbol);
        known.set(document, { version, symbols });
        return symbols;
      },
    },
    { label: 'Sentences and mentions' },
  );
}

function sentenceSymbol({
  number,
  title,
  firstLine,
  lastLine,
  mentions,
}: SentenceEntry): vscode.DocumentSymbol {
  const range = new vscode.Range(firstLine, 0, lastLine, Number.MAX_SAFE_INTEGER);
  const symbol = new vscode.DocumentSymbol(
    title,
    `sentence ${number}`,
    vscode.SymbolKind.String,
    range,
    new vscode.Range(firstLine, 0, firstLine, 0),
  );
  symbol.children = mentions.map(mentionSymbol);
  return symbol;
}

function mentionSymbol({ text, label, first, last }: SentenceMention): vscode.DocumentSymbol {
  return new vscode.DocumentSymbol(
    text,
    label,
    vscode.SymbolKind.Field,
    new vscode.Range(first.line, 0, last.line, last.tag.end),
    new vscode.Range(first.line, first.token.start, first.line, first.token.end),
  );
}
