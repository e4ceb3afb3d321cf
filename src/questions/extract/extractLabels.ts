import { UserError } from '../../foundation/userError.ts';
import { mentionTypes, type Project } from '../../project/project.ts';

/** Names of the entity types that are asked for: those given, or all that are tagged. Throws `UserError`. */
export function labelsToExtract(project: Project, given?: readonly string[]): readonly string[] {
  if (given === undefined) return mentionTypes(project).map(({ name }) => name);
  const known = project.entityTypes.map(({ name }) => name);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return given;
  throw new UserError(`The project has no entity type "${unknown}".`, {
    nextStep: `Choose of ${known.join(', ')}.`,
  });
}
