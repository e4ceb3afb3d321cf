import * as z from 'zod/mini';
import type { ValueOf } from '../foundation/checkValue.ts';
import { described, matching, numeric, optional, text, withDefault } from '../foundation/fields.ts';

// Labels are used in BIO tags, brat lines and inline tags.
const label = matching(
  /^[\p{L}][\p{L}\p{N}_-]*$/u,
  'a name of letters, digits, "_" and "-" that begins with a letter',
);

/** A type of mention. Do not reorder the fields: digests in the run.json of existing runs depend on their order. */
export const entityTypeSchema = z.strictObject({
  examples: withDefault(z.array(text), [], 'Examples of mentions of this type.'),
  counterExamples: withDefault(
    z.array(text),
    [],
    'Words that are easily mistaken for a mention of this type.',
  ),
  name: label,
  color: optional(
    matching(/^#[0-9a-fA-F]{6}$/u, 'a colour such as "#d16969"'),
    'The colour of its highlights. If left out, a theme colour is used.',
    { format: 'color-hex' },
  ),
  key: optional(
    matching(/^[0-9a-z]$/u, 'one digit or lower-case letter'),
    'The key that annotates the selection as this type.',
  ),
  definition: described(text, 'The definition of a mention of this type.'),
  guideline: optional(text, 'Where a mention begins and ends, and how to decide hard cases.'),
  relationsOnly: optional(
    z.boolean(),
    'Used only as the head or tail of relations; not generated, trained or scored as a mention on its own.',
    { default: false },
  ),
});

/** A type of relation between two mentions that are close together; `head` and `tail` name entity types. */
export const relationTypeSchema = z.strictObject({
  name: label,
  head: described(label, 'The entity type of the first mention.'),
  tail: described(label, 'The entity type of the second mention.'),
  definition: described(text, 'When the relation holds.'),
  examples: optional(z.array(text), 'Sentences that state the relation.'),
  counterExamples: optional(
    z.array(text),
    'Sentences that contain both mentions but do not state the relation.',
  ),
  symmetric: optional(
    z.boolean(),
    'Whether the relation has no direction, so that head and tail can be swapped.',
    { default: false },
  ),
  negativeDefinition: optional(
    text,
    'When the relation does not hold although a text contains both mentions. If neither this nor "counterExamples" is given, language models are told the usual cases, such as study aims and mere mentions together.',
  ),
});

/** A kind of text to generate. */
export const styleSchema = z.strictObject({
  name: text,
  description: described(text, 'What such a text is like.'),
  weight: optional(numeric(0, 1000), 'How often the style is drawn, relative to the others.', { default: 1 }),
  relations: optional(
    z.boolean(),
    'Whether the style is also used for relation sentences. If no style sets this, all are used.',
    { default: false },
  ),
  length: optional(
    text,
    'How long such a text is, in words for the prompt, such as "a list of five to ten lines". If left out, "generation.unit" decides.',
  ),
});

export type EntityType = ValueOf<typeof entityTypeSchema>;
export type RelationType = ValueOf<typeof relationTypeSchema>;
export type TextStyle = ValueOf<typeof styleSchema>;
