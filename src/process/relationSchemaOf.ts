import path from 'node:path';
import { UserError } from '../foundation/userError.ts';
import { readModelInfo } from '../model/folder.ts';
import { loadProject } from '../project/parseProject.ts';
import { relationSchema, type RelationSchema } from '../project/relationSchema.ts';

/**
 * The pairs of mentions that a relation model judges: as its record says, or as the project does when it has no
 * such record. Throws `UserError` for a model that knows no relations.
 */
export async function relationSchemaOf(model: string, projectFolder: string): Promise<RelationSchema> {
  const info = await readModelInfo(model);
  if (info?.task === 'ner') {
    throw new UserError(`The model ${path.basename(model)} finds mentions and knows no relations.`, {
      place: { file: model },
      nextStep: 'Choose a model that was trained on relations.',
    });
  }
  if (info?.relations !== undefined) return info.relations;
  // Trained by another program: on rows, which are masked.
  const schema = { ...relationSchema(await loadProject(projectFolder)), input: 'mask' as const };
  if (schema.types.length > 0) return schema;
  throw new UserError('Neither the model nor the project says which mentions can be related.', {
    place: { file: path.join(projectFolder, 'chartmark.json') },
    nextStep: 'Add the relations of the model to "relationTypes".',
  });
}
