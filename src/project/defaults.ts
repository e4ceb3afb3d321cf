import type { ValueOf } from '../foundation/checkValue.ts';
import { builtInEntityTypes, builtInRelationTypes, builtInStyles } from './builtIn.ts';
import { noteDefaults, sentenceDefaults } from './generationSchema.ts';
import type { EntityType, Project, TextStyle } from './project.ts';
import { projectSchema } from './schema.ts';

/**
 * The project that a chartmark.json stands for. Built-in types and styles hold where it names none, but not the
 * built-in relations of entity types that it does not have; lengths and texts per request suit its unit of text.
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

/** Runs keep digests of their types, which depend on the order of keys. Earlier versions had the lists first. */
function inDigestOrder({ examples, counterExamples, ...type }: EntityType): EntityType {
  return { examples, counterExamples, ...type };
}

/** A style by its name is a built-in one, or a name that says enough. */
function styleOf(style: TextStyle | string): TextStyle {
  if (typeof style !== 'string') return style;
  return builtInStyles.find(({ name }) => name === style) ?? { name: style, description: style };
}

/** What holds if there is no chartmark.json, and for whatever it leaves out. */
export const defaultProject: Project = fillIn(projectSchema.parse({}));

/** A project as it writes sentences: limits that suit only whole notes are replaced. */
export function withSentences(project: Project): Project {
  return project.generation.unit === 'sentences'
    ? project
    : { ...project, generation: { ...project.generation, unit: 'sentences', ...sentenceDefaults } };
}
