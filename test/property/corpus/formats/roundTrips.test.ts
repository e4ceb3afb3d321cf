import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../../../src/corpus/document.ts';
import { parseCsv } from '../../../../src/corpus/formats/csv/read.ts';
import { formatCsv } from '../../../../src/corpus/formats/csv/write.ts';
import { parseJson } from '../../../../src/corpus/formats/jsonTools/read.ts';
import { formatHuggingFace } from '../../../../src/corpus/formats/jsonTools/writeHuggingFace.ts';
import { formatSpacy } from '../../../../src/corpus/formats/jsonTools/writeSpacy.ts';
import type { WrittenFile } from '../../../../src/corpus/formats/losses.ts';
import { parsePubtator } from '../../../../src/corpus/formats/pubtator/read.ts';
import { formatPubtator } from '../../../../src/corpus/formats/pubtator/write.ts';
import { joinTokens } from '../../../../src/corpus/formats/tokens/joinTokens.ts';
import type { ReadContext } from '../../../../src/corpus/readContext.ts';
import { document } from '../arbitraries.ts';

const unexpected: ReadContext = {
  file: 'note.x',
  id: 'note',
  report: (line, code, message) => {
    throw new Error(`${line} ${code} ${message}`);
  },
};

/** What every format with offsets keeps: the text and the continuous mentions, each once. */
function essence({ id, text, spans }: Document): unknown {
  const mentions = spans
    .filter(({ fragments = [] }) => fragments.length < 2)
    .map(({ start, end, label }) => `${start} ${end} ${label}`);
  return { id, text, mentions: [...new Set(mentions)].toSorted() };
}

function several(documents: readonly Document[]): readonly Document[] {
  return documents.map((one, index) => ({ ...one, id: `note-${index + 1}` }));
}

/** Texts that two lines of PubTator can hold. */
function inTwoLines(one: Document): Document {
  const text = one.text.replaceAll(/[\t\r\n]/gu, ' ');
  return {
    ...one,
    text:
      text.length > 4 ? `${text.slice(0, 2)}\n${text.slice(3)}`.replaceAll(/[\ud800-\udfff]/gu, 'x') : text,
  };
}

const read = (source: string): Document[] => parseJson(source, unexpected, { readOwn: () => undefined });

describe('what is written and read again is the same', () => {
  const formats: readonly (readonly [
    string,
    (documents: readonly Document[]) => WrittenFile,
    (source: string) => readonly Document[],
    (one: Document) => Document,
  ])[] = [
    ['PubTator', formatPubtator, (source) => parsePubtator(source, unexpected), inTwoLines],
    ['a table', formatCsv, (source) => parseCsv(source, unexpected), (one) => one],
    ['spaCy', formatSpacy, read, (one) => one],
  ];

  it.each(formats)('in %s', (_, format, parse, prepare) => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (list) => {
        const documents = several(list.map((one) => prepare(one)));
        const { content, dropped } = format(documents);
        expect(parse(content).map(essence)).toEqual(documents.map(essence));
        const split = documents.flatMap(({ spans }) =>
          spans.filter(({ fragments = [] }) => fragments.length > 1),
        );
        expect(dropped.map(({ span }) => span)).toEqual(split);
      }),
    );
  });

  it('in the tokens of Hugging Face', () => {
    const token = fc.stringMatching(/^[a-z😀é.,-]{1,5}$/u);
    const sentence = fc.array(fc.tuple(token, fc.constantFrom('O', 'B-Disease', 'I-Disease')), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(fc.array(sentence, { maxLength: 3 }), { minLength: 1, maxLength: 3 }), (texts) => {
        const source = texts.map((sentences, index) => {
          const records = sentences.length === 0 ? [[]] : sentences;
          return records
            .map((pairs) =>
              JSON.stringify({
                document_id: `note-${index + 1}`,
                tokens: pairs.map(([word]) => word),
                ner_tags: pairs.map(([, tag]) => tag),
              }),
            )
            .join('\n');
        });
        const documents = read(source.join('\n'));
        expect(documents.map(({ text }) => text)).toEqual(
          texts.map((sentences) => joinTokens(sentences.map((pairs) => pairs.map(([word]) => word))).text),
        );
        const { content, dropped } = formatHuggingFace(documents);
        expect(dropped).toEqual([]);
        expect(read(content)).toEqual(documents);
      }),
    );
  });
});
