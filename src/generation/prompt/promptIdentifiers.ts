import { describeRelation, describeType } from '../../project/describeType.ts';
import type { FoundIdentifier, IdentifierKind } from '../../privacy/identifierKinds.ts';
import { findIdentifiers } from '../../privacy/identifiers.ts';
import type { Project } from '../../project/project.ts';
import { withoutComments } from './promptTemplate.ts';

/**
 * Finds what looks like an identifier in the project's template for `task` and in its definitions, guidelines, examples
 * and styles, which are sent with each request. Without a task, no template is sent. Topics are not scanned, because many
 * diseases are named after a person.
 */
export function findPromptIdentifiers(project: Project, task?: 'ner' | 're'): readonly FoundIdentifier[] {
  const own = task === undefined ? undefined : project.prompts?.[task];
  const inTemplate = withoutComments(own?.text ?? '')
    .split('\n')
    .flatMap((line, index) =>
      kindsIn(line).map((kind) => ({ place: own?.file ?? '', line: index + 1, kind })),
    );
  const parts: readonly (readonly [string, string])[] = [
    ...project.entityTypes.map((type) => [type.name, describeType(type)] as const),
    ...project.relationTypes.map((relation) => [relation.name, describeRelation(relation)] as const),
    ...project.styles.map(({ name, description }) => [name, description] as const),
  ];
  const inProject = parts.flatMap(([name, text]) =>
    kindsIn(text).map((kind) => ({ place: `chartmark.json, "${name}"`, kind })),
  );
  return [...inTemplate, ...inProject];
}

function kindsIn(text: string): readonly IdentifierKind[] {
  return findIdentifiers(text).map(({ kind }) => kind);
}
