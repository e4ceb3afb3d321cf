import { UserError } from '../../../foundation/userError.ts';
import { parseTag } from '../../bio/tag.ts';
import type { Document, TextRange } from '../../document.ts';
import { lineTexts } from '../../lines.ts';
import { codePointOffsets } from '../../offsets.ts';
import { placeMentions } from '../../placeMentions.ts';
import type { ReadContext } from '../../readContext.ts';
import { readingNotes, type ReadingNotes } from '../../readingNotes.ts';
import { nameDocuments, type UnnamedDocument } from '../nameDocuments.ts';
import { searchTokens } from '../tokens/searchTokens.ts';
import { draftsOf } from '../tokens/tagSpans.ts';
import { parseWordLine } from './line.ts';
import { entityRanges, type SurfaceWord, tagName } from './tags.ts';

/**
 * Whether the first word lines have the ten columns of CoNLL-U. Not if the last column has tags: then the file is BIO with
 * more columns.
 */
export function looksLikeConllu(head: string): boolean {
  let count = 0;
  for (const line of lineTexts(head)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const last = line.slice(line.lastIndexOf('\t') + 1).trim();
    if (parseWordLine(line) === undefined) return count > 2;
    if (last === '' || parseTag(last) !== undefined) return false;
    if (++count === 20) return true;
  }
  return count > 0;
}

/** A sentence with its `# text`, if it has one. */
interface Sentence {
  text: string | undefined;
  readonly words: SurfaceWord[];
}

interface Draft {
  readonly id: string | undefined;
  readonly line: number;
  readonly sentences: Sentence[];
}

/**
 * Reads CoNLL-U with the tags of named entities in its last column (`NE=B-Disease`, `Entity=(e1-person)`). Each
 * `# newdoc` begins a document; each sentence is a line of its text. The rest of the analysis is left out and reported.
 * Throws `UserError` with the line.
 */
export function parseConllu(source: string, context: ReadContext): Document[] {
  const notes = readingNotes(context);
  const { drafts, order } = readDrafts(source, context.file, notes);
  const name = tagName(drafts.flatMap(({ sentences }) => sentences.flatMap(({ words }) => words)));
  const filled = drafts.filter(({ sentences }) => sentences.some(({ words }) => words.length > 0));
  const documents = filled.map((draft) => toDocument(draft, name, order, notes));
  notes.report();
  return nameDocuments(documents, context);
}

function readDrafts(
  source: string,
  file: string,
  notes: ReadingNotes,
): { readonly drafts: readonly Draft[]; readonly order: readonly string[] } {
  let draft: Draft = { id: undefined, line: 1, sentences: [] };
  const drafts = [draft];
  let sentence: Sentence | undefined;
  let order: readonly string[] = [];
  let number = 0;
  for (const line of lineTexts(source)) {
    number++;
    if (line.startsWith('#') || line.trim() === '') {
      const { key, value } = parseComment(line);
      if (key === 'newdoc') {
        draft = { id: value, line: number, sentences: [] };
        drafts.push(draft);
      }
      if (key === 'global.Entity') order = (value ?? '').split('-');
      if (line.trim() === '' || (sentence?.words.length ?? 0) > 0) sentence = undefined;
      if (key === 'text') {
        sentence = { text: value, words: [] };
        draft.sentences.push(sentence);
      }
      continue;
    }
    const word = parseWordLine(line);
    if (word === undefined)
      throw new UserError(
        'This line of a CoNLL-U file cannot be read: it has not ten columns with a number first.',
        {
          place: { file, line: number },
          nextStep: 'Separate the ten columns by tabs. A line with a comment begins with #.',
        },
      );
    if (word.isAnalysed)
      notes.leftOut(
        number,
        'word with an analysis (part of speech, syntax)',
        'words with an analysis (part of speech, syntax)',
      );
    if (word.isEmpty) continue;
    if (sentence === undefined) {
      sentence = { text: undefined, words: [] };
      draft.sentences.push(sentence);
    }
    const last = sentence.words.at(-1);
    const isInner = last !== undefined && last.word.last > last.word.first && word.first <= last.word.last;
    if (isInner) last.inner.push(word);
    else sentence.words.push({ word, inner: [], line: number });
  }
  return { drafts, order };
}

/** `# newdoc id = n1` as `newdoc` and `n1`, `# text = Fine.` as `text` and `Fine.` */
function parseComment(line: string): { readonly key: string; readonly value: string | undefined } {
  const content = line.slice(1).trim();
  const at = content.indexOf('=');
  const [key = ''] = (at === -1 ? content : content.slice(0, at)).trim().split(' ');
  return { key, value: at === -1 ? undefined : content.slice(at + 1).trim() };
}

function toDocument(
  { id, line, sentences }: Draft,
  name: string | undefined,
  order: readonly string[],
  notes: ReadingNotes,
): UnnamedDocument {
  let text = '';
  const tokens: TextRange[] = [];
  const ranges: TextRange[] = [];
  const found: (TextRange & { readonly label: string })[] = [];
  for (const { text: stated, words } of sentences) {
    if (words.length === 0) continue;
    const placed = placeWords(stated, words);
    if (text !== '') text += '\n';
    const base = text.length;
    text += placed.text;
    const own = placed.tokens.map(({ start, end }) => ({ start: base + start, end: base + end }));
    for (const token of own) if (token.start < token.end) tokens.push(token);
    const [start, end] = [own[0]?.start ?? base, own.at(-1)?.end ?? base];
    if (start < end) ranges.push({ start, end });
    for (const range of name === undefined ? [] : entityRanges(words, own, name, order)) found.push(range);
  }
  return {
    id,
    text,
    tokens,
    sentences: ranges,
    spans: placeMentions(text, draftsOf(found, codePointOffsets(text), line), notes),
    relations: [],
    attributes: [],
    meta: {},
  };
}

/** The words in the stated text of their sentence; joined if they are not in it. */
function placeWords(
  stated: string | undefined,
  words: readonly SurfaceWord[],
): { readonly text: string; readonly tokens: readonly TextRange[] } {
  const found =
    stated === undefined
      ? undefined
      : searchTokens(
          stated,
          words.map(({ word }) => word.form),
        );
  if (stated !== undefined && found !== undefined) return { text: stated, tokens: found };
  let text = '';
  const tokens = words.map(({ word }, index) => {
    const start = text.length;
    text += word.form;
    const end = text.length;
    if (index < words.length - 1 && word.misc.get('SpaceAfter') !== 'No') text += ' ';
    return { start, end };
  });
  return { text, tokens };
}
