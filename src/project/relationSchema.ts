import { isJsonObject } from '../foundation/json.ts';
import type { Project, RelationInput, RelationSettings, RelationType } from './project.ts';

/** What of a relation type decides which mentions it can join. */
export type JoiningType = Pick<RelationType, 'name' | 'head' | 'tail' | 'symmetric'>;

/** All that turns mentions into the pairs that a relation model judges; recorded with the model. */
export interface RelationSchema extends RelationSettings {
  readonly types: readonly JoiningType[];
}

export const relationInputs: readonly RelationInput[] = ['mask', 'marker'];

/** Pairs grow with the window: beyond this many sentences nearly all of them are unrelated. */
export const longestWindow = 100;

/** The project's schema. */
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

/** Names of the relations whose ends may be exchanged. */
export function symmetricNames({ relationTypes }: Project): readonly string[] {
  return relationTypes.filter(({ symmetric }) => symmetric === true).map(({ name }) => name);
}

/** The schema that a model's record holds; `undefined` when `value` is none. */
export function parseRelationSchema(value: unknown): RelationSchema | undefined {
  if (!isJsonObject(value)) return undefined;
  const input = relationInputs.find((known) => known === value['input']);
  const { window, types } = value;
  if (input === undefined || !Array.isArray(types) || !types.every(isJoiningType)) return undefined;
  if (typeof window !== 'number' || !Number.isSafeInteger(window) || window < 1) return undefined;
  return { input, window, types };
}

function isJoiningType(value: unknown): value is JoiningType {
  return (
    isJsonObject(value) &&
    ['name', 'head', 'tail'].every((key) => typeof value[key] === 'string') &&
    (value['symmetric'] === undefined || typeof value['symmetric'] === 'boolean')
  );
}
