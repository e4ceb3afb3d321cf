import * as z from 'zod/mini';
import { described, matching, numeric, optional, text, withDefault } from '../foundation/fields.ts';
import { builtInStyles } from './builtIn.ts';
import { generationSchema } from './generationSchema.ts';
import { relationSettingsSchema } from './relationSchema.ts';
import { trainingSettingsSchema } from './trainingOptions.ts';

// chartmark.json is defined here and, for three of its sections, in generationSchema.ts, trainingOptions.ts and
// relationSchema.ts. Types, defaults, checks and the JSON Schema (scripts/projectSchema.ts) come from these.

// Labels stand in BIO tags, brat lines and inline tags.
const label = matching(
  /^[\p{L}][\p{L}\p{N}_-]*$/u,
  'a name of letters, digits, "_" and "-" that begins with a letter',
);

/** A type of mention. */
export const entityTypeSchema = z.strictObject({
  name: label,
  color: optional(
    matching(/^#[0-9a-fA-F]{6}$/u, 'a colour such as "#d16969"'),
    'The colour of its highlights. If left out, a colour of the theme.',
    { format: 'color-hex' },
  ),
  key: optional(
    matching(/^[0-9a-z]$/u, 'one digit or small letter'),
    'The key that annotates the selection as this type.',
  ),
  definition: described(text, 'What a mention of this type is.'),
  guideline: optional(text, 'Where a mention begins and ends, and how to decide hard cases.'),
  examples: withDefault(z.array(text), [], 'Mentions of this type.'),
  counterExamples: withDefault(z.array(text), [], 'What is easily mistaken for a mention of this type.'),
  relationsOnly: optional(
    z.boolean(),
    'Used only as an end of relations: not requested, trained or scored as a mention by itself.',
    { default: false },
  ),
});

/** A type of relation between two mentions that stand close; `head` and `tail` name entity types. */
export const relationTypeSchema = z.strictObject({
  name: label,
  head: described(label, 'The entity type of the first mention.'),
  tail: described(label, 'The entity type of the second mention.'),
  definition: described(text, 'When the relation holds.'),
  examples: optional(z.array(text), 'Sentences that state the relation.'),
  counterExamples: optional(
    z.array(text),
    'Sentences that name both mentions and do not state the relation.',
  ),
  symmetric: optional(
    z.boolean(),
    'Whether the relation holds both ways, so that head and tail can be exchanged.',
    { default: false },
  ),
});

/** A kind of text to be written. */
export const styleSchema = z.strictObject({
  name: text,
  description: described(text, 'How such a text reads.'),
  weight: optional(numeric(0, 1000), 'How often the style is drawn, relative to the others.', { default: 1 }),
  relations: optional(
    z.boolean(),
    'Suitable for relation sentences too. If no style of a project says so, all of them are.',
    { default: false },
  ),
});

/** A style by name: a built-in one, or one whose name says enough. */
const styleName = text.check(z.meta({ examples: builtInStyles.map(({ name }) => name) }));

const notEmpty = z.minLength(1, { error: 'a list of at least one item' });

/** Names by entity type. */
export const topicsSchema = z.record(z.string(), z.array(text));

/** A section whose settings each have their own default. */
function section<T extends z.ZodMiniType>(schema: T, description: string): z.ZodMiniPrefault<T> {
  return described(z.prefault(schema, {} as z.input<T>), description);
}

/** chartmark.json as it is written. `fillIn` makes a project of it. */
export const projectSchema = z.strictObject({
  $schema: z.exactOptional(z.string()),
  entityTypes: optional(
    z.array(entityTypeSchema).check(notEmpty),
    'The types of mention that are annotated.',
  ),
  relationTypes: optional(
    z.array(relationTypeSchema),
    'The types of relation between two mentions that stand close.',
  ),
  styles: optional(
    z
      .array(z.union([styleName, styleSchema], { error: 'a name, or an object in curly brackets' }))
      .check(notEmpty),
    'The kinds of text that are generated: a name, or a name with a description.',
  ),
  topics: optional(topicsSchema, 'What the generated texts are about: names, by entity type.'),
  seeds: optional(topicsSchema, 'The former name of "topics".', {
    deprecationMessage: 'Rename "seeds" to "topics".',
    doNotSuggest: true,
  }),
  paths: section(
    z.strictObject({
      synthetic: withDefault(text, 'synthetic', 'Runs of generated texts.'),
      models: withDefault(text, 'models', 'Trained models.'),
      reports: withDefault(text, 'reports', 'Score reports.'),
      prompts: withDefault(
        text,
        'prompts',
        'Prompt templates: ner.md and re.md. If there are none, the built-in templates are used.',
      ),
    }),
    'The folders of the project, relative to this file.',
  ),
  model: section(
    z.strictObject({
      base: withDefault(
        text,
        'all-MiniLM-L6-v2',
        'The encoder to fine-tune: the name of the built-in encoder, or a folder.',
      ),
      name: withDefault(text, 'local', 'The folder of the trained model, in the folder of models.'),
    }),
    'The model that is trained and annotates.',
  ),
  generation: section(generationSchema, 'How texts are generated.'),
  training: section(
    trainingSettingsSchema,
    'How models are trained. If a setting is left out, the default of the trainer holds.',
  ),
  relations: section(
    relationSettingsSchema,
    'Which pairs of mentions a relation model judges, and how it is shown them.',
  ),
});
