import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bioToDocument, documentToBio } from '../../../src/corpus/bio/document.ts';
import { formatBio, parseBio, retagBio } from '../../../src/corpus/bio/file.ts';
import { parseBrat } from '../../../src/corpus/brat/read.ts';
import { formatBrat } from '../../../src/corpus/brat/write.ts';
import { formatJsonl, parseJsonl } from '../../../src/corpus/jsonl.ts';
import { anyText, bioSource, document, lineEnd, tag } from './arbitraries.ts';

describe('a BIO file', () => {
  test('is written back unchanged if it is not edited', () => {
    fc.assert(
      fc.property(bioSource, (source) => {
        expect(formatBio(parseBio(source))).toBe(source);
      }),
    );
  });

  test('with new tags differs only in its tag columns', () => {
    fc.assert(
      fc.property(bioSource, fc.infiniteStream(tag), (source, stream) => {
        const file = parseBio(source);
        const tags = file.tokens.map(() => stream.next().value);
        const retagged = retagBio(file, tags);
        expect(retagged).toEqual(parseBio(formatBio(retagged), { format: file.format }));
        const blanked = (of: typeof file): string[] =>
          of.tokens.map((token, i) =>
            of.source.slice(i === 0 ? 0 : (of.tokens[i - 1]?.tagEnd ?? 0), token.tagStart),
          );
        expect(blanked(retagged)).toEqual(blanked(file));
        expect(
          retagged.tokens.map(({ tagStart, tagEnd }) => retagged.source.slice(tagStart, tagEnd)),
        ).toEqual(tags);
      }),
    );
  });

  test('keeps its mentions as a document, as IOB2 and as JSON lines', () => {
    fc.assert(
      fc.property(bioSource, (source) => {
        const first = bioToDocument(parseBio(source), 'note');
        const { text, dropped } = documentToBio(first);
        expect(dropped).toEqual([]);
        const again = bioToDocument(parseBio(text), 'note');
        // Written as IOB2, every mention follows its scheme.
        const { looseMentions: _, ...meta } = first.meta;
        expect(again).toEqual({ ...first, meta });
        expect(parseJsonl(formatJsonl([first]))).toEqual([first]);
      }),
    );
  });
});

describe('brat annotations', () => {
  test('have the same content when read again', () => {
    fc.assert(
      fc.property(document, (original) => {
        const read = parseBrat(original.text, formatBrat(original), original.id);
        expect({ ...read, standoff: undefined }).toEqual(original);
      }),
    );
  });

  test('are written back unchanged if they are not edited, including unknown lines and line ends', () => {
    const other = fc.constantFrom(
      '',
      '#1\tNote T1\tx',
      '*\tSame T1 T2',
      'Z\u{1F48A}\t?',
      'N1\tRef T1 A:1\tx',
    );
    fc.assert(
      fc.property(document, fc.array(other), lineEnd, fc.boolean(), (original, others, end, last) => {
        const lines = [
          ...others,
          ...formatBrat(original)
            .split('\n')
            .filter((line) => line !== ''),
          ...others,
        ];
        const file = lines.join(end) + (last ? end : '');
        expect(formatBrat(parseBrat(original.text, file, original.id))).toBe(file);
      }),
    );
  });

  test('have nothing about a removed span', () => {
    fc.assert(
      fc.property(document, (original) => {
        const read = parseBrat(original.text, formatBrat(original), original.id);
        const written = formatBrat({ ...read, spans: read.spans.slice(1) });
        expect(written).not.toMatch(/\bT1\b/u);
        expect(parseBrat(original.text, written, 'x').spans).toEqual(original.spans.slice(1));
      }),
    );
  });
});

describe('JSON lines', () => {
  test('have the same content when read again', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 3 }), (documents) => {
        expect(parseJsonl(formatJsonl(documents))).toEqual(documents);
      }),
    );
  });

  test('preserve any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parseJsonl(JSON.stringify({ text }))[0]?.text).toBe(text);
      }),
    );
  });
});
