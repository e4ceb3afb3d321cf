import * as fc from 'fast-check';
import { applyEdits } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { topicEdits } from '../../../src/project/editProject.ts';
import { parseProject } from '../../../src/project/parseProject.ts';

const names = fc.array(fc.constantFrom('gout', 'asthma', 'a "b"', '// no comment', ', ]', 'Ménière'), {
  maxLength: 4,
});
const types = ['Disease', 'Chemical', 'Procedure'] as const;
const topics = fc.dictionary(fc.constantFrom(...types), names);

/** White space and comments, as they may stand between any two signs. */
const blank = fc
  .array(fc.constantFrom(' ', '\n', '\r\n', '\t', '/* a, ] } */', '// b "\n'), { maxLength: 3 })
  .map((parts) => parts.join(''));

/** A chartmark.json with topics, written by somebody with habits of their own. */
const written = fc
  .record({
    topics: fc.option(topics),
    key: fc.constantFrom('topics', 'seeds'),
    blanks: fc.array(blank, { minLength: 1, maxLength: 40 }),
    trailing: fc.boolean(),
  })
  .map(({ topics: own, key, blanks, trailing }) => {
    const value = { relationTypes: [], ...(own === null ? {} : { [key]: own }) };
    let used = 0;
    const gap = (): string => blanks[used++ % blanks.length] ?? '';
    const comma = trailing ? ',' : '';
    const write = (part: unknown): string => {
      if (typeof part === 'string') return JSON.stringify(part);
      const [open, close] = Array.isArray(part) ? '[]' : '{}';
      const items = Array.isArray(part)
        ? part.map(write)
        : Object.entries(part as object).map(
            ([name, item]) => `${JSON.stringify(name)}${gap()}:${gap()}${write(item)}`,
          );
      const last = items.length === 0 ? '' : `${gap()}${comma}${gap()}`;
      return `${open}${gap()}${items.join(`${gap()},${gap()}`)}${last}${close}`;
    };
    return { text: `${gap()}${write(value)}${gap()}`, own: own ?? {} };
  });

test('added names follow those that were there, and nothing else of the file changes', () => {
  fc.assert(
    fc.property(written, topics, ({ text, own }, added) => {
      const edits = topicEdits(text, 'chartmark.json', added);
      const result = applyEdits(text, [...edits]);
      const { topics: after, ...rest } = parseProject(result, 'chartmark.json');
      const { topics: _, ...before } = parseProject(text, 'chartmark.json');
      expect(rest).toEqual(before);
      for (const type of types) {
        const first = own[type] ?? [];
        const more = [...new Set(added[type])].filter((name) => !first.includes(name));
        expect(after[type] ?? []).toEqual([...first, ...more]);
      }
      // Only white space is ever taken away.
      for (const { offset, length } of edits) expect(text.slice(offset, offset + length).trim()).toBe('');
      const comments = /\/\* a, \] \} \*\/|\/\/ b "/gu;
      expect(result.match(comments)).toEqual(text.match(comments));
    }),
    { numRuns: 500 },
  );
});
