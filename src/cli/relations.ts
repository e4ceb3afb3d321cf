import { UsageError } from './exit.ts';

interface RelationFlags {
  readonly task: 'ner' | 're';
  readonly relation?: readonly string[];
}

/** The relations that a run is to be about, for its plan; all where none is named. Throws `UsageError` where it has none. */
export function relationsWanted({ task, relation }: RelationFlags): {
  readonly relations?: readonly string[];
} {
  if (relation === undefined) return {};
  if (task === 're') return { relations: relation };
  throw new UsageError('Relations are written by --task re.');
}
