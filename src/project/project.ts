import type { EntityType, RelationType, TextStyle } from './annotationTypes.ts';
import type { ValueOf } from '../foundation/checkValue.ts';
import type { generationSchema, sentenceDefaults } from './generationSchema.ts';
import type { projectSchema } from './schema.ts';

export type { EntityType, RelationType, TextStyle } from './annotationTypes.ts';
export type GenerationSettings = ValueOf<typeof generationSchema> &
  Readonly<Record<keyof typeof sentenceDefaults, number>>;

type Written = ValueOf<typeof projectSchema>;

/** What chartmark.json says, the defaults filled in. */
export interface Project extends Pick<Written, 'paths' | 'model' | 'training' | 'relations'> {
  readonly entityTypes: readonly EntityType[];
  readonly relationTypes: readonly RelationType[];
  readonly styles: readonly TextStyle[];
  /** What texts are about: names, by entity type. Read them with `topicsOf`. */
  readonly topics: NonNullable<Written['topics']>;
  readonly generation: GenerationSettings;
  /** The project's own prompt templates, by task. */
  readonly prompts?: { readonly ner?: PromptFile; readonly re?: PromptFile };
}

/** A prompt template as it lies on the disk. */
export interface PromptFile {
  readonly file: string;
  readonly text: string;
}

/** The types that are annotated as mentions: what a text is tagged with, a model learns and a report scores. */
export function mentionTypes(project: Project): readonly EntityType[] {
  return project.entityTypes.filter((type) => type.relationsOnly !== true);
}

/** A project's names of an entity type, which may be called "constructor". */
export function topicsOf({ topics }: Pick<Project, 'topics'>, type: string): readonly string[] {
  return (Object.hasOwn(topics, type) ? topics[type] : undefined) ?? [];
}
