import { UserError } from '../../foundation/userError.ts';
import type { TextRange } from '../document.ts';
import { linesOf, lineTexts } from '../lines.ts';
import { type BioFormat, detectBioFormat } from './format.ts';
import { brokenLineMessage, parseBioLine } from './line.ts';
import { type BioPrefix, type BioTag, parseTag } from './tag.ts';

/** A token line. Offsets are UTF-16 units of the file's source. */
export interface BioToken extends TextRange, BioTag {
  /** Counts from 0. */
  readonly line: number;
  readonly tagStart: number;
  readonly tagEnd: number;
  readonly prefix: BioPrefix;
}

/** A run of token lines, as a range of token indices. */
interface BioSentence extends TextRange {
  /** The number, from 0, of the text that it belongs to. A -DOCSTART- line begins a new text. */
  readonly text: number;
}

/** A BIO file. `source` is its whole content, including the byte order mark and line ends. */
export interface BioFile {
  readonly source: string;
  readonly format: BioFormat;
  readonly tokens: readonly BioToken[];
  readonly sentences: readonly BioSentence[];
  /** Number of lines of any kind. */
  readonly lineCount: number;
}

interface ReadOptions {
  /** For errors. */
  readonly file?: string;
  /** Detected from the first lines if absent. */
  readonly format?: BioFormat;
}

/** Reads a BIO file. Throws `UserError` with the place of the first broken line. */
export function parseBio(source: string, options: ReadOptions = {}): BioFile {
  const format = options.format ?? detectBioFormat(lineTexts(source));
  const tokens: BioToken[] = [];
  const sentences: BioSentence[] = [];
  const labels = new Map<string, string>();
  let first = 0;
  let text = 0;
  let line = 0;
  const closeSentence = (): void => {
    if (tokens.length > first) sentences.push({ start: first, end: tokens.length, text });
    first = tokens.length;
  };
  for (const { start, end } of linesOf(source)) {
    const parsed = parseBioLine(source.slice(start, end), format);
    if (parsed.kind === 'broken') throw brokenLine(parsed.reason, options.file, line);
    if (parsed.kind === 'blank' || parsed.kind === 'docstart') closeSentence();
    if (parsed.kind === 'docstart' && tokens.length > 0) text++;
    if (parsed.kind === 'token') {
      const label = labels.get(parsed.label) ?? parsed.label;
      labels.set(label, label);
      tokens.push({
        line,
        start: start + parsed.token.start,
        end: start + parsed.token.end,
        tagStart: start + parsed.tag.start,
        tagEnd: start + parsed.tag.end,
        prefix: parsed.prefix,
        label,
      });
    }
    line++;
  }
  closeSentence();
  return { source, format, tokens, sentences, lineCount: line };
}

/** The content of the file; without edits it is exactly what was read, byte for byte. */
export function formatBio(file: BioFile): string {
  return file.source;
}

/**
 * Gives every token a new tag, in order. Only the tag columns change. Throws `RangeError` if the number of tags is wrong
 * or one of them is not a tag.
 */
export function retagBio(file: BioFile, tags: readonly string[]): BioFile {
  if (tags.length !== file.tokens.length) {
    throw new RangeError(`${file.tokens.length} tokens cannot take ${tags.length} tags`);
  }
  const parts: string[] = [];
  let copied = 0;
  let shift = 0;
  const tokens = file.tokens.map((token, index): BioToken => {
    const tag = tags[index] ?? '';
    const parsed = /\s/u.test(tag) ? undefined : parseTag(tag);
    if (parsed === undefined) throw new RangeError('a tag must be O or a prefix, a hyphen and a label');
    parts.push(file.source.slice(copied, token.tagStart), tag);
    copied = token.tagEnd;
    const before = shift;
    shift += tag.length - (token.tagEnd - token.tagStart);
    const tokenShift = token.start < token.tagStart ? before : shift;
    return {
      line: token.line,
      start: token.start + tokenShift,
      end: token.end + tokenShift,
      tagStart: token.tagStart + before,
      tagEnd: token.tagEnd + shift,
      prefix: parsed.prefix,
      label: parsed.label,
    };
  });
  parts.push(file.source.slice(copied));
  return { ...file, source: parts.join(''), tokens };
}

function brokenLine(reason: string, file: string | undefined, line: number): UserError {
  const [message, nextStep] = brokenLineMessage(reason);
  return new UserError(message, { place: { file: file ?? 'BIO text', line: line + 1 }, nextStep });
}
