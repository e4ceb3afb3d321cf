import { type BioTokenLine, parseBioLine } from './line.ts';
import type { BioFormat } from './format.ts';
import { chunkMentions } from './mentions.ts';
import type { TextRange } from '../document.ts';
import type { LineSource } from './lineSource.ts';

/** A token of a sentence with its line, counted from 0. */
export interface SentenceToken extends BioTokenLine {
  readonly line: number;
  readonly text: string;
}

/** A mention of a BIO sentence. */
export interface SentenceMention {
  readonly label: string;
  /** Its tokens joined by spaces. */
  readonly text: string;
  /** Indices of its tokens in the sentence, end exclusive. */
  readonly tokens: TextRange;
  /** UTF-16 offsets in the sentence's tokens joined by spaces, end exclusive. */
  readonly characters: TextRange;
  readonly first: SentenceToken;
  readonly last: SentenceToken;
}

/** In tokens. Longer sentences are cut, so that reading one stays fast; real ones are shorter. */
const longestSentence = 2000;

/**
 * The tokens of the sentence around `line`; empty if the line has no token. Comments and broken lines do not end a
 * sentence.
 */
function sentenceTokensAt(source: LineSource, line: number, format: BioFormat): SentenceToken[] {
  const here = tokenOf(source.lineText(line), line, format);
  if (here === 'none' || here === 'end') return [];
  const before = neighbours(source, line, -1, format);
  return [...before.reverse(), here, ...neighbours(source, line, 1, format)];
}

function neighbours(source: LineSource, from: number, step: 1 | -1, format: BioFormat): SentenceToken[] {
  const tokens: SentenceToken[] = [];
  for (let line = from + step; Math.abs(line - from) <= longestSentence; line += step) {
    if (line < 0 || line >= source.lineCount) break;
    const token = tokenOf(source.lineText(line), line, format);
    if (token === 'end') break;
    if (token !== 'none') tokens.push(token);
  }
  return tokens;
}

/** The token of a line; `end` if a sentence ends there, `none` if the line has no token. */
export function tokenOf(text: string, line: number, format: BioFormat): SentenceToken | 'none' | 'end' {
  const parsed = parseBioLine(text, format);
  switch (parsed.kind) {
    case 'token':
      return { ...parsed, line, text: text.slice(parsed.token.start, parsed.token.end) };
    case 'blank':
    case 'docstart':
      return 'end';
    case 'comment':
    case 'broken':
      return 'none';
  }
}

/** The mentions of one sentence. */
export function sentenceMentions(tokens: readonly SentenceToken[]): SentenceMention[] {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of tokens) {
    starts.push(length);
    length += text.length + 1;
  }
  return chunkMentions(tokens).flatMap(({ start, end, label }) => {
    const words = tokens.slice(start, end);
    const [first, last] = [words.at(0), words.at(-1)];
    if (first === undefined || last === undefined) return [];
    const from = starts[start] ?? 0;
    const text = words.map((word) => word.text).join(' ');
    return [
      {
        label,
        text,
        tokens: { start, end },
        characters: { start: from, end: from + text.length },
        first,
        last,
      },
    ];
  });
}

/** The mention that `line` belongs to. */
export function mentionAtLine(
  source: LineSource,
  line: number,
  format: BioFormat,
): SentenceMention | undefined {
  return sentenceMentions(sentenceTokensAt(source, line, format)).find(
    ({ first, last }) => first.line <= line && line <= last.line,
  );
}
