import * as z from 'zod/mini';
import { described, optional, text, withDefault } from '../foundation/fields.ts';
import { entityTypeSchema, relationTypeSchema, styleSchema } from './annotationTypes.ts';
import { builtInStyles } from './builtIn.ts';
import { columnSettingSchema } from './columnSettings.ts';
import { generationSchema } from './generationSchema.ts';
import { relationSettingsSchema } from './relationSettings.ts';
import { trainingSettingsSchema } from './trainingOptions.ts';

// chartmark.json is defined here, in annotationTypes.ts and, for three of its sections, in generationSchema.ts,
// trainingOptions.ts and relationSettings.ts. Types, defaults, checks and the JSON Schema (scripts/projectSchema.ts) come from these.

/** A style given by name: a built-in style, or a name that is also the description. */
const styleName = text.check(z.meta({ examples: builtInStyles.map(({ name }) => name) }));

const notEmpty = z.minLength(1, { error: 'a list of at least one item' });

/** Names by entity type. */
export const topicsSchema = z.record(z.string(), z.array(text));

/** A section that is filled with the defaults of its settings if it is left out. */
function section<T extends z.ZodMiniType>(schema: T, description: string): z.ZodMiniPrefault<T> {
  return described(z.prefault(schema, {} as z.input<T>), description);
}

/** chartmark.json as it is on disk. `fillIn` turns it into a project. */
export const projectSchema = z.strictObject({
  $schema: z.exactOptional(z.string()),
  entityTypes: optional(
    z.array(entityTypeSchema).check(notEmpty),
    'The types of mention that are annotated.',
  ),
  relationTypes: optional(
    z.array(relationTypeSchema),
    'The types of relation between two mentions that are close together.',
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
        'The encoder to fine-tune: the name of the bundled encoder, or a folder.',
      ),
      name: withDefault(text, 'local', 'The folder of the trained model, inside the models folder.'),
    }),
    'The model that is trained and used for annotation.',
  ),
  generation: section(generationSchema, 'How texts are generated.'),
  training: section(
    trainingSettingsSchema,
    'How models are trained. If a setting is left out, the default is used.',
  ),
  columns: withDefault(
    z.array(columnSettingSchema),
    [],
    'Which columns of BIO files hold the words and the tags, where Chartmark would read others.',
  ),
  relations: section(
    relationSettingsSchema,
    'Which pairs of mentions a relation model classifies, and in what form it sees them.',
  ),
});
