import type { ValueOf } from '../foundation/checkValue.ts';
import { builtInEntityTypes, builtInRelationTypes, builtInStyles } from './builtIn.ts';
import { noteDefaults, sentenceDefaults } from './generationSchema.ts';
import type { EntityType, Project, TextStyle } from './project.ts';
import { projectSchema } from './schema.ts';

/**
 * The project that a chartmark.json defines. Built-in types and styles fill in for missing ones, but the built-in relation
 * types only if the built-in entity types are used. The default lengths and texts per request depend on the unit of text.
 */
export function fillIn(written: ValueOf<typeof projectSchema>): Project {
  const { $schema: _, seeds = {}, topics = seeds, entityTypes, relationTypes, styles, ...sections } = written;
  const { generation } = sections;
  return {
    entityTypes: entityTypes?.map(inDigestOrder) ?? builtInEntityTypes,
    relationTypes: relationTypes ?? (entityTypes === undefined ? builtInRelationTypes : []),
    styles: styles?.map(styleOf) ?? builtInStyles,
    topics,
    ...sections,
    generation: { ...(generation.unit === 'notes' ? noteDefaults : sentenceDefaults), ...generation },
  };
}

/** Runs store digests of their types, which depend on the order of keys. Earlier versions had the lists first. */
function inDigestOrder({ examples, counterExamples, ...type }: EntityType): EntityType {
  return { examples, counterExamples, ...type };
}

/** A style given by name is a built-in style, or its name is also its description. */
function styleOf(style: TextStyle | string): TextStyle {
  if (typeof style !== 'string') return style;
  return builtInStyles.find(({ name }) => name === style) ?? { name: style, description: style };
}

/** The project if there is no chartmark.json. */
export const defaultProject: Project = fillIn(projectSchema.parse({}));

/** The project with sentences as the unit of text. Limits for whole notes are replaced. */
export function withSentences(project: Project): Project {
  return project.generation.unit === 'sentences'
    ? project
    : { ...project, generation: { ...project.generation, unit: 'sentences', ...sentenceDefaults } };
}
