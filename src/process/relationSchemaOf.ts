import path from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { readModelInfo } from '../model/folder.ts';
import { loadProject } from '../project/parseProject.ts';
import { relationSchema, type RelationSchema } from '../project/relationSchema.ts';

/**
 * The pairs of mentions that a relation model judges: from its record, or from the project if it has no record. Throws
 * `UserError` if the model does not find relations.
 */
export async function relationSchemaOf(model: string, projectFolder: string): Promise<RelationSchema> {
  const info = await readModelInfo(model);
  if (info?.task === 'ner') {
    throw new UserError(`The model ${path.basename(model)} finds mentions, not relations.`, {
      place: { file: model },
      nextStep: 'Choose a model that was trained on relations.',
    });
  }
  if (info?.relations !== undefined) return info.relations;
  // Other programs train on relation rows, which are masked.
  const schema = { ...relationSchema(await loadProject(projectFolder)), input: 'mask' as const };
  if (schema.types.length > 0) return schema;
  throw new UserError('Neither the model nor the project says which mentions can be related.', {
    place: { file: path.join(projectFolder, 'chartmark.json') },
    nextStep: 'Add the relation types of the model to "relationTypes".',
  });
}
