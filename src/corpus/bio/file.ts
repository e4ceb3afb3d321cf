import type { TextRange } from '../document.ts';
import { linesOf, lineTexts } from '../lines.ts';
import { type LineContext, strictContext } from '../readContext.ts';
import { reportColumns, reportLineColumns } from './columnProblems.ts';
import { allStyles, type BioFormat, type LayoutChoice, detectBioFormat } from './format.ts';
import { brokenLineMessage, parseBioLine } from './line.ts';
import { type BioScheme, detectScheme } from './scheme.ts';
import { type BioPrefix, type BioTag, outsideTag, parseTag } from './tag.ts';
import { reportTags } from './tagProblems.ts';

/** A token line. Offsets are UTF-16 units of the file's source. */
interface BioToken extends TextRange, BioTag {
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
  /** The scheme that the tags follow. */
  readonly scheme: BioScheme;
  /** Number of lines of any kind. */
  readonly lineCount: number;
}

interface ReadOptions {
  /** For errors. */
  readonly file?: string;
  /** Detected from the first lines if absent. */
  readonly format?: BioFormat;
  /** What a person said about the layout. */
  readonly layout?: LayoutChoice | undefined;
  /** Where problems are reported; if absent, only errors are, by throwing them. */
  readonly context?: LineContext;
  /** Called for each token line, with its number from 1. */
  readonly onTag?: (line: number, tag: BioTag & { readonly tag: TextRange }) => void;
}

/**
 * Reads a BIO file. Reports lines whose columns differ, tags that violate the file's scheme, and which columns are read
 * if this is not plain. Fails for each line that is no token line, and for lines with surplus columns that hide words.
 */
export function parseBio(source: string, options: ReadOptions = {}): BioFile {
  const { layout = {}, onTag } = options;
  const context = options.context ?? strictContext(options.file ?? 'BIO text', '');
  const format = options.format ?? detectBioFormat(lineTexts(source), layout, allStyles);
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
    const content = source.slice(start, end);
    const parsed = parseBioLine(content, format);
    line++;
    if (parsed.kind === 'broken') context.fail(line, 'broken-line', ...brokenLineMessage(parsed.reason));
    if (parsed.kind === 'blank' || parsed.kind === 'docstart') closeSentence();
    if (parsed.kind === 'docstart' && tokens.length > 0) text++;
    if (parsed.kind === 'token') {
      reportLineColumns(context, line, content, parsed, format);
      onTag?.(line, parsed);
      const label = labels.get(parsed.label) ?? parsed.label;
      labels.set(label, label);
      const { prefix, tag } = parsed;
      tokens.push({
        line: line - 1,
        start: start + parsed.token.start,
        end: start + parsed.token.end,
        tagStart: start + tag.start,
        tagEnd: start + tag.end,
        prefix,
        label,
      });
    }
  }
  closeSentence();
  const scheme = detectScheme(tagsOf(tokens, sentences));
  if (options.context !== undefined) {
    reportTags(context.report, source, tagsOf(tokens, sentences), scheme);
    const named = { word: layout.wordColumn !== undefined, tag: layout.tagColumn !== undefined };
    reportColumns(context, lineTexts(source), format, named);
  }
  return { source, format, tokens, sentences, scheme, lineCount: line };
}

/** The content of the file; without edits it is exactly what was read, byte for byte. */
export function formatBio(file: BioFile): string {
  return file.source;
}

/**
 * Gives every token a new tag, in order, written with a prefix. Only the tag columns change. Throws `RangeError` if the number of tags is wrong
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
  const { tagStyle: _, ...format } = file.format;
  return {
    ...file,
    format,
    source: parts.join(''),
    tokens,
    scheme: detectScheme(tagsOf(tokens, file.sentences)),
  };
}

/** The tags of a file, with an O after each sentence. */
function* tagsOf(
  tokens: readonly BioToken[],
  sentences: readonly BioSentence[],
): Generator<BioToken | typeof outsideTag> {
  for (const { start, end } of sentences) {
    for (let index = start; index < end; index++) yield tokens[index] as BioToken;
    yield outsideTag;
  }
}
