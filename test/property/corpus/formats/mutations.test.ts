import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpan } from '../../../../src/corpus/document.ts';
import { UserError } from '../../../../src/foundation/userError.ts';
import { change, mutated } from '../../mutate.ts';
import { type FormatSample, samples } from './samples.ts';

/** Reads a file; nothing but a `UserError` may be thrown, and what is read must hold together. */
function read({ parse, looksLike }: FormatSample, source: string): void {
  looksLike(source);
  try {
    for (const { text, spans, relations, attributes } of parse(source)) {
      for (const span of spans) createSpan(text, span);
      const ids = new Set(spans.map(({ id }) => id));
      expect(ids.size).toBe(spans.length);
      expect(relations.every(({ head, tail }) => ids.has(head) && ids.has(tail))).toBe(true);
      for (const { id } of relations) ids.add(id);
      expect(attributes.every(({ target }) => ids.has(target))).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.place?.line).toBeGreaterThan(0);
    expect(error.nextStep).toBeTruthy();
  }
}

describe.each(samples)('$name', (sample) => {
  it('is recognised and read', () => {
    expect(sample.looksLike(sample.source)).toBe(true);
    expect(sample.parse(sample.source).flatMap(({ spans }) => spans)).not.toEqual([]);
  });

  it('is read or refused, whatever is changed in it', () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(changes, (list) => {
        read(sample, mutated(sample.source, list));
      }),
      { numRuns: 150 },
    );
  });

  it('takes time in proportion to its length', { timeout: 120_000 }, () => {
    const pieces = [
      'a',
      ' ',
      '\t',
      '\n',
      '|',
      '"',
      '\\',
      '_',
      '*',
      '[',
      '(',
      '{',
      '<',
      '-',
      '1',
      ',',
      '\r\n',
      '||c="',
      '&amp;',
      '[1]',
      '(1, 2, ',
    ];
    const within = (what: string, source: string): void => {
      // Time of the processor: other programs on the machine do not count.
      const begin = process.cpuUsage();
      read(sample, source);
      expect(process.cpuUsage(begin).user / 1000, what).toBeLessThan(2000);
    };
    const lines = sample.source.split('\n');
    for (const [index, line] of lines.entries()) {
      within(`line ${index + 1}`, lines.toSpliced(index, 0, `${line}\n`.repeat(4000)).join('\n'));
    }
    for (const piece of pieces) {
      const pumped = piece.repeat(Math.ceil(40_000 / piece.length));
      for (let at = 0; at <= sample.source.length; at += 23) {
        const source = sample.source.slice(0, at) + pumped + sample.source.slice(at);
        within(`${JSON.stringify(piece)} at ${at}`, source);
      }
    }
  });
});
