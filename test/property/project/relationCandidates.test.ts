import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document, Span } from '../../../src/corpus/document.ts';
import { relationCandidates } from '../../../src/project/relationCandidates.ts';
import type { RelationSchema } from '../../../src/project/relationSchema.ts';
import { anyText } from '../corpus/arbitraries.ts';

const types = ['Gene', 'Disease', 'Chemical'];

/** A text of sentences with mentions anywhere, also nested, crossing and at the edges of sentences. */
const document: fc.Arbitrary<Document> = fc
  .record({
    text: fc.array(fc.oneof(anyText, fc.constant('Gout came. ')), { minLength: 1, maxLength: 8 }),
    places: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom(...types)), { maxLength: 8 }),
    stated: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 6 }),
  })
  .map(({ text: parts, places, stated }) => {
    const text = `${parts.join('')}end`;
    const spans = places.map(([at, length, label], index): Span => {
      const start = at % text.length;
      const end = Math.min(text.length, start + length + 1);
      return { id: `T${index}`, start, end, label, source: 'human' };
    });
    const relations = stated
      .filter(([head, tail]) => head < spans.length && tail < spans.length)
      .map(([head, tail], index) => ({
        id: `R${index}`,
        head: `T${head}`,
        tail: `T${tail}`,
        label: 'joins',
        source: 'human' as const,
      }));
    return { id: 'd', text, spans, relations, attributes: [], meta: {} };
  });

const schema: fc.Arbitrary<RelationSchema> = fc.record({
  input: fc.constantFrom('mask', 'marker'),
  window: fc.integer({ min: 1, max: 4 }),
  types: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('joins', 'causes', 'meets'),
      head: fc.constantFrom(...types),
      tail: fc.constantFrom(...types),
      symmetric: fc.boolean(),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 3 },
  ),
});

describe('candidate pairs of any document and schema', () => {
  it('stand in their row where it says, masked or marked', () => {
    fc.assert(
      fc.property(document, schema, (any, rules) => {
        for (const { row } of relationCandidates(any, rules)) {
          const shown = row.ends?.map(({ start, end }) => row.text.slice(start, end)) ?? [];
          const form = rules.input === 'mask' ? /^@[A-Z]+[12]?\$$/u : /^(?:@ \* .* @|# \^ .* #)$/su;
          expect(shown).toEqual([expect.stringMatching(form), expect.stringMatching(form)]);
        }
      }),
    );
  });

  it('have the types that a relation needs, do not overlap, and each pair comes once each way at most', () => {
    fc.assert(
      fc.property(document, schema, (any, rules) => {
        const seen = new Set<string>();
        for (const { possible } of relationCandidates(any, rules)) {
          for (const { type, head, tail } of possible) {
            expect([head.label, tail.label]).toEqual([type.head, type.tail]);
            expect(head.end <= tail.start || tail.end <= head.start).toBe(true);
            const key = `${type.name} ${head.id} ${tail.id}`;
            expect(seen).not.toContain(key);
            seen.add(key);
          }
        }
      }),
    );
  });

  it('of a wider window hold those of a narrower one', () => {
    const keysOf = (any: Document, rules: RelationSchema): string[] =>
      relationCandidates(any, rules).flatMap(({ possible }) =>
        possible.map(({ type, head, tail }) => `${type.name} ${head.id} ${tail.id}`),
      );
    fc.assert(
      fc.property(document, schema, (any, rules) => {
        const wider = keysOf(any, { ...rules, window: rules.window + 1 });
        for (const key of keysOf(any, rules)) expect(wider).toContain(key);
      }),
    );
  });

  it('are labelled as related exactly where the document says so', () => {
    fc.assert(
      fc.property(document, schema, (any, rules) => {
        for (const { possible, row } of relationCandidates(any, rules)) {
          const isStated = possible.some(({ type, head, tail }) =>
            any.relations.some(
              (relation) =>
                relation.label === type.name &&
                ((relation.head === head.id && relation.tail === tail.id) ||
                  (type.symmetric === true && relation.head === tail.id && relation.tail === head.id)),
            ),
          );
          expect(row.label !== '0').toBe(isStated);
        }
      }),
    );
  });
});
