import { createSpan, type Document } from '../../../src/corpus/document.ts';
import { defaultProject } from '../../../src/project/defaults.ts';
import { relationSchema, type RelationSchema } from '../../../src/project/relationSchema.ts';

/**
 * A document from text in which mentions stand as `[BRCA1|Gene]`; they are T1, T2 ... in text order. `related`
 * names head, tail and label.
 */
export function relationDocument(
  marked: string,
  ...related: readonly (readonly [head: string, tail: string, label: string])[]
): Document {
  let text = '';
  const drafts: { start: number; end: number; label: string }[] = [];
  for (const part of marked.split(/(\[[^\]]+\|\w+\])/u)) {
    const [, words, label] = /^\[([^\]]+)\|(\w+)\]$/u.exec(part) ?? [];
    const start = text.length;
    text += words ?? part;
    if (label !== undefined) drafts.push({ start, end: text.length, label });
  }
  return {
    id: 'note',
    text,
    spans: drafts.map((draft, index) => createSpan(text, { id: `T${index + 1}`, ...draft, source: 'human' })),
    relations: related.map(([head, tail, label], index) => ({
      id: `R${index + 1}`,
      head,
      tail,
      label,
      source: 'human',
    })),
    attributes: [],
    meta: {},
  };
}

/** A schema of types such as `treats Chemical Disease` and `interacts Chemical Chemical symmetric`. */
export function schemaOf(...types: readonly string[]): RelationSchema {
  return {
    ...relationSchema(defaultProject),
    types: types.map((type) => {
      const [name = '', head = '', tail = '', symmetric] = type.split(' ');
      return symmetric === undefined ? { name, head, tail } : { name, head, tail, symmetric: true };
    }),
  };
}
