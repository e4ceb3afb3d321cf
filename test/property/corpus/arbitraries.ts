import * as fc from 'fast-check';
import type { Document, Span } from '../../../src/corpus/document.ts';
import { joinParts, lineEnds } from '../../../src/corpus/parts.ts';

/** Characters that break offsets and columns: emoji, joined emoji, combining marks, byte order marks, unusual spaces. */
const oddities = [
  '\u{1F48A}',
  '\u{1F469}\u200d\u{1F4BB}',
  'e\u0301',
  '\u{10FFFF}',
  '\uFEFF',
  '\u00a0',
  '\u2028',
  '#',
  '-',
  '"',
  '\\',
];

/** Text of any characters except lone surrogates, which a UTF-8 file cannot contain. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...oddities, ' ', '\n', '\r\n', '\t', 'Gout. '),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''));

/** A token that is unambiguous in any layout: without white space, and not a comment or -DOCSTART-. */
const token: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom('gout', 'x', '\u{1F48A}', 'e\u0301', '.', '-', '3.5'),
      fc.string({ minLength: 1, maxLength: 3 }),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => parts.join('').replaceAll(/\s/gu, ''))
  .filter((text) => text !== '' && !text.startsWith('#') && !text.startsWith('-DOCSTART-'));

const label: fc.Arbitrary<string> = fc.constantFrom('Disease', 'Chemical', 'Adverse-Event');

export const tag: fc.Arbitrary<string> = fc.oneof(
  fc.constant('O'),
  fc.tuple(fc.constantFrom('B', 'I', 'E', 'S', 'L', 'U', 'M'), label).map((parts) => parts.join('-')),
);

export const lineEnd: fc.Arbitrary<string> = fc.constantFrom('\n', '\r\n', '\r');

/** A BIO file with one layout, any line ends, comments and runs of empty lines, and possibly no final line end. */
export const bioSource: fc.Arbitrary<string> = fc
  .record({
    mark: fc.constantFrom('', '\uFEFF'),
    separator: fc.constantFrom('\t', ' '),
    middle: fc.constantFrom('', 'NN', '-'),
    lines: fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 6, arbitrary: fc.tuple(token, tag) },
          { weight: 2, arbitrary: fc.constantFrom('', '  ', '# remark', '-DOCSTART- O') },
        ),
        lineEnd,
      ),
      { maxLength: 20 },
    ),
    last: fc.boolean(),
  })
  .map(({ mark, separator, middle, lines, last }) => {
    const written = lines.map(([line, end], index) => {
      const text =
        typeof line === 'string'
          ? line
          : [line[0], middle, line[1]].filter((part) => part !== '').join(separator);
      return index === lines.length - 1 && !last ? text : `${text}${end}`;
    });
    return `${mark}${written.join('')}`;
  });

/** A document with spans of any kind (nested, overlapping, discontinuous) and relations between them. */
export const document: fc.Arbitrary<Document> = anyText.chain((raw) => {
  const text = raw.replace(/^\uFEFF+/u, '');
  const edges = [0];
  for (const character of text) edges.push((edges.at(-1) ?? 0) + character.length);
  const place = fc.nat({ max: edges.length - 1 }).map((index) => edges[index] ?? 0);
  return fc
    .record({
      places: fc.array(fc.tuple(fc.uniqueArray(place, { minLength: 2, maxLength: 4 }), label), {
        maxLength: edges.length > 4 ? 6 : 0,
      }),
      links: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }),
    })
    .map(({ places, links }) => {
      const spans = places
        .map(([found, name]) => span(text, found, name))
        .filter((draft) =>
          (draft.fragments ?? [draft]).every(({ start, end }) => !lineEdge.test(text.slice(start, end))),
        )
        .map((draft, index): Span => Object.assign(draft, { id: `T${index + 1}` }));
      const ids = spans.map(({ id }) => id);
      return {
        id: 'note',
        text,
        spans,
        relations: links.flatMap(([head, tail], index) =>
          ids.length === 0
            ? []
            : [
                {
                  id: `R${index + 1}`,
                  head: ids[head % ids.length] ?? '',
                  tail: ids[tail % ids.length] ?? '',
                  label: 'causes',
                  source: 'human' as const,
                },
              ],
        ),
        attributes: ids.slice(0, 1).map((target) => ({ id: 'A1', target, name: 'Negated' })),
        meta: {},
      };
    });
});

/** A line end at the edge of a mention, which brat cannot represent. */
const lineEdge = new RegExp(`^\\s*${lineEnds.source}|${lineEnds.source}\\s*$`, 'u');

function span(text: string, places: readonly number[], name: string): Span {
  const [start = 0, second = 0, third, fourth] = places.toSorted((a, b) => a - b);
  const ranges = [{ start, end: second }];
  if (third !== undefined && fourth !== undefined) ranges.push({ start: third, end: fourth });
  const fragments = joinParts(text, ranges);
  const end = fragments.at(-1)?.end ?? second;
  return { id: '', start, end, label: name, source: 'human', ...(fragments.length > 1 ? { fragments } : {}) };
}
