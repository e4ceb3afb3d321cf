import type { EntityType } from './project.ts';

/** A type in a prompt: its definition, guideline, examples and counter-examples. */
export function describeType(type: EntityType): string {
  return [
    `${type.name}: ${type.definition}`,
    type.guideline ?? '',
    type.examples.length === 0 ? '' : `Examples: ${type.examples.join('; ')}.`,
    type.counterExamples.length === 0 ? '' : `Not ${type.name}: ${type.counterExamples.join('; ')}.`,
  ]
    .filter((line) => line !== '')
    .join(' ');
}
