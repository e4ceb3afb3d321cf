import type { EntityType, RelationType, TextStyle } from './annotationTypes.ts';
import type { ValueOf } from '../foundation/checkValue.ts';
import type { generationSchema, sentenceDefaults } from './generationSchema.ts';
import type { projectSchema } from './schema.ts';

export type { EntityType, RelationType, TextStyle } from './annotationTypes.ts';
export type GenerationSettings = ValueOf<typeof generationSchema> &
  Readonly<Record<keyof typeof sentenceDefaults, number>>;

type Written = ValueOf<typeof projectSchema>;

/** The contents of chartmark.json with the defaults filled in. */
export interface Project extends Pick<Written, 'paths' | 'model' | 'training' | 'relations' | 'columns'> {
  readonly entityTypes: readonly EntityType[];
  readonly relationTypes: readonly RelationType[];
  readonly styles: readonly TextStyle[];
  /** What texts are about: names, by entity type. Read them with `topicsOf`. */
  readonly topics: NonNullable<Written['topics']>;
  readonly generation: GenerationSettings;
  /** The project's own prompt templates, by task. */
  readonly prompts?: { readonly ner?: PromptFile; readonly re?: PromptFile };
}

export interface PromptFile {
  readonly file: string;
  readonly text: string;
}

/** The types that are annotated as mentions: texts are tagged with them, models learn them and reports score them. */
export function mentionTypes(project: Project): readonly EntityType[] {
  return project.entityTypes.filter((type) => type.relationsOnly !== true);
}

/** The topics for an entity type. Safe for a type that is called "constructor". */
export function topicsOf({ topics }: Pick<Project, 'topics'>, type: string): readonly string[] {
  return (Object.hasOwn(topics, type) ? topics[type] : undefined) ?? [];
}
