import type { BioFormat } from './format.ts';
import type { LineSource } from './lineSource.ts';
import { type SentenceMention, sentenceMentions, type SentenceToken, tokenOf } from './sentenceAt.ts';

/** A sentence of a BIO file with its mentions. */
export interface SentenceEntry {
  /** Counts from 1. */
  readonly number: number;
  /** Its first words. */
  readonly title: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly mentions: readonly SentenceMention[];
}

const titleLength = 60;

/** How many lines are read between two calls of `pause`. */
const linesPerTurn = 4000;

/**
 * All sentences of a file; undefined if `pause` returns false. It is awaited regularly, to let other work run, and returns
 * false if the result is no longer needed.
 */
export async function outlineEntries(
  source: LineSource,
  format: BioFormat,
  pause: () => Promise<boolean>,
): Promise<readonly SentenceEntry[] | undefined> {
  const entries: SentenceEntry[] = [];
  let tokens: SentenceToken[] = [];
  const close = (): void => {
    const entry = sentenceEntry(entries.length + 1, tokens);
    if (entry !== undefined) entries.push(entry);
    tokens = [];
  };
  for (let line = 0; line < source.lineCount; line++) {
    if (line % linesPerTurn === linesPerTurn - 1 && !(await pause())) return undefined;
    const token = tokenOf(source.lineText(line), line, format);
    if (token === 'end') close();
    else if (token !== 'none') tokens.push(token);
  }
  close();
  return entries;
}

function sentenceEntry(number: number, tokens: readonly SentenceToken[]): SentenceEntry | undefined {
  const [first, last] = [tokens.at(0), tokens.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    number,
    title: titleOf(tokens),
    firstLine: first.line,
    lastLine: last.line,
    mentions: sentenceMentions(tokens),
  };
}

function titleOf(tokens: readonly SentenceToken[]): string {
  let title = '';
  for (const { text } of tokens) {
    if (title.length + text.length >= titleLength) return `${title}…`;
    title += title === '' ? text : ` ${text}`;
  }
  return title;
}
