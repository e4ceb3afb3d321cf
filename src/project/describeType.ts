import type { EntityType, RelationType } from './project.ts';

/** A type in a prompt: its definition, guideline, examples and counter-examples. */
export function describeType(type: EntityType): string {
  return joined([
    `${type.name}: ${type.definition}`,
    type.guideline ?? '',
    listed('Examples:', type.examples),
    listed(`Not ${type.name}:`, type.counterExamples),
  ]);
}

/** When a relation holds and when it does not, in a prompt: all that the project says about it. */
export function describeRelation(relation: RelationType): string {
  const { name, definition, examples = [], negativeDefinition, counterExamples = [] } = relation;
  return joined([
    definition,
    listed('Examples:', examples),
    negativeDefinition === undefined ? '' : `Not "${name}": ${ended(negativeDefinition)}`,
    listed(`Examples of what is not "${name}":`, counterExamples),
  ]);
}

/** Whether the project says, besides the definition, when a relation does not hold. */
export function hasNegatives({ negativeDefinition, counterExamples = [] }: RelationType): boolean {
  return negativeDefinition !== undefined || counterExamples.length > 0;
}

function joined(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** Empty for an empty list. */
function listed(before: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${before} ${ended(items.join('; '))}`;
}

/** With a full stop, unless the words end with one. */
function ended(words: string): string {
  return /[.!?\u3002]$/u.test(words) ? words : `${words}.`;
}
