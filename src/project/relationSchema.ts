import * as z from 'zod/mini';
import type { ValueOf } from '../foundation/checkValue.ts';
import { whole } from '../foundation/fields.ts';
import type { Project } from './project.ts';
import { relationInput } from './relationSettings.ts';

const joiningType = z.object({
  name: z.string(),
  head: z.string(),
  tail: z.string(),
  symmetric: z.exactOptional(z.boolean()),
});

/** The part of a relation type that decides which mentions it can join. */
export type JoiningType = ValueOf<typeof joiningType>;

export const relationSchemaRecord = z.object({
  input: relationInput,
  window: whole(1),
  types: z.array(joiningType),
});

/** How mentions become the pairs that a relation model judges. Stored in the record of the model. */
export type RelationSchema = ValueOf<typeof relationSchemaRecord>;

export function relationSchema({ relationTypes, relations }: Project): RelationSchema {
  return {
    ...relations,
    types: relationTypes.map(({ name, head, tail, symmetric }) => ({
      name,
      head,
      tail,
      ...(symmetric === undefined ? {} : { symmetric }),
    })),
  };
}

/** Names of the relation types whose head and tail can be swapped. */
export function symmetricNames({ relationTypes }: Project): readonly string[] {
  return relationTypes.filter(({ symmetric }) => symmetric === true).map(({ name }) => name);
}
