import { describe, expect, test } from 'vitest';
import { bioToDocument } from '../../../src/corpus/bio/document.ts';
import { formatBio, parseBio, retagBio } from '../../../src/corpus/bio/file.ts';
import { checkText } from '../../../src/corpus/check/checkText.ts';
import { formatJsonl, parseJsonl } from '../../../src/corpus/jsonl.ts';

const sentence = 'Acute\tB-Disease\r\ngout\tI-Disease\r\n\u{1F48A}\tB-Chemical\r\nhelps\tO\r\n.\tO\r\n\r\n';
const source = sentence.repeat(Math.ceil(10_000_000 / sentence.length));

/** Milliseconds that `act` took. The limits are far above measured times because other work may share the machine. */
function timed<T>(act: () => T): { result: T; ms: number } {
  const started = performance.now();
  const result = act();
  return { result, ms: performance.now() - started };
}

describe('a BIO file of 10 MB', () => {
  const { result: file, ms } = timed(() => parseBio(source));

  test('is read quickly and written back unchanged', () => {
    expect(ms).toBeLessThan(5000);
    expect(formatBio(file) === source).toBe(true);
    expect(file.sentences).toHaveLength(source.length / sentence.length);
  });

  test('is retagged quickly', () => {
    const tags = file.tokens.map(() => 'O');
    const retagged = timed(() => retagBio(file, tags));
    expect(retagged.ms).toBeLessThan(5000);
    expect(retagged.result.source === source.replaceAll(/[BI]-\w+/gu, 'O')).toBe(true);
  });

  test('becomes a document and JSON lines quickly', () => {
    const { result, ms: spent } = timed(() => bioToDocument(file, 'large'));
    expect(spent).toBeLessThan(5000);
    expect(result.spans).toHaveLength(file.sentences.length * 2);
    const [again] = parseJsonl(formatJsonl([result]));
    expect(again?.tokens?.length).toBe(file.tokens.length);
    expect(again?.spans.at(-1)).toEqual(result.spans.at(-1));
  });

  test('is checked quickly', () => {
    const { result, ms: spent } = timed(() => checkText(source, 'large.bio'));
    expect(result).toEqual([]);
    expect(spent).toBeLessThan(8000);
  });
});
