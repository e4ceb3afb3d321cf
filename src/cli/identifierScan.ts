import { runFolders } from '../runs/runFolders.ts';
import { locatedTexts } from '../corpus/locatedTexts.ts';
import type { IdentifierKind } from '../privacy/identifierKinds.ts';
import { findInTokens } from '../privacy/tokenBlanks.ts';
import type { PredictionInput } from './predictionFiles.ts';

/** Where something looks like an identifier of a person. Never what it says. */
export interface LocatedIdentifier {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly kind: IdentifierKind;
}

/** What in the texts of files looks like an identifier. Throws `UserError`. */
export async function scanForIdentifiers(
  inputs: readonly PredictionInput[],
): Promise<readonly LocatedIdentifier[]> {
  const found: LocatedIdentifier[] = [];
  for (const input of inputs) {
    const file = textFile(input.file);
    const before = found.length;
    for (const located of await locatedTexts([file], runFolders)) {
      for (const { kind, start } of findInTokens(located.text)) {
        found.push({ file, line: located.lineAt(start), kind });
      }
    }
    if (found.length > before) continue;
    // What is sent may be cut otherwise than the file: nothing in it goes unseen.
    for (const kind of textsOf(input).flatMap((text) => findInTokens(text).map((finding) => finding.kind))) {
      found.push({ file, line: 1, kind });
    }
  }
  return found;
}

/** Findings as lines: a file, line and kind each, the first `most` of them. */
export function describeIdentifiers(
  found: readonly LocatedIdentifier[],
  shown: (file: string) => string,
  most = 50,
): readonly string[] {
  const rest = found.length - most;
  return [
    ...found.slice(0, most).map(({ file, line, kind }) => `${shown(file)}:${line}: ${kind}`),
    ...(rest > 0 ? [`... and ${rest} more`] : []),
  ];
}

function textFile(file: string): string {
  return file.replace(/\.ann$/iu, '.txt');
}

function textsOf(input: PredictionInput): readonly string[] {
  return (input.kind === 'rows' ? input.rows : input.documents).map(({ text }) => text);
}
