import { expect, it } from 'vitest';
import { bioToDocument } from '../../../src/corpus/bio/document.ts';
import { parseBio } from '../../../src/corpus/bio/file.ts';
import { plainDocument } from '../../../src/corpus/document.ts';
import { findIdentifiers, type OpenText } from '../../../src/tasks/findIdentifiers.ts';

/** What the file has at the places that were found. */
function found(source: string, text: OpenText): readonly (readonly [string, string])[] {
  return findIdentifiers(text).map(({ kind, start, end }) => [kind, source.slice(start, end)]);
}

it('finds identifiers at their places in a note', () => {
  const source = 'Seen by Dr. Hollis on 04/17/1952.';
  expect(found(source, { document: plainDocument('a', source) })).toEqual([
    ['name', 'Hollis'],
    ['date', '04/17/1952'],
  ]);
});

it('finds them at the places of their tokens in a BIO file, line ends and tags between them included', () => {
  const source = 'Dr.\tO\nJane\tO\nHollis\tO\ncalled\tO\n';
  const bio = parseBio(source);
  const [[kind, words] = [], ...others] = found(source, { document: bioToDocument(bio, 'a'), bio });
  expect({ kind, others }).toEqual({ kind: 'name', others: [] });
  expect(words?.replaceAll(/\s+O?\s*/g, ' ')).toBe('Jane Hollis');
});
