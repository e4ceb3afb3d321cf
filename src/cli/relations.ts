import { UsageError } from './exit.ts';

interface RelationFlags {
  readonly task: 'ner' | 're';
  readonly relation?: readonly string[];
}

/** The relations that a run is to be about, for its plan; all if none is named. Throws `UsageError` if it has none. */
export function relationsWanted({ task, relation }: RelationFlags): {
  readonly relations?: readonly string[];
} {
  if (relation === undefined) return {};
  if (task === 're') return { relations: relation };
  throw new UsageError('Relations need --task re.');
}

/** Throws `UsageError` if relations are to be written in a format that cannot hold them. */
export function requireRelationFormat(task: 'ner' | 're', format: string | undefined): void {
  if (task === 'ner' || format !== 'bio') return;
  throw new UsageError('BIO cannot represent relations.', {
    nextStep: 'Choose --format jsonl or --format brat.',
  });
}
