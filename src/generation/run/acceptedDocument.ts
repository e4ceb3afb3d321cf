import type { RequestSpec } from '../plan/requestSpec.ts';
import { createSpan, type Document } from '../../corpus/document.ts';
import type { AcceptedText } from '../judge/judge.ts';
import type { ModelInfo } from '../../llm/provider.ts';

/** Where an accepted text comes from. */
export interface Provenance {
  readonly run: string;
  readonly provider: ModelInfo;
  readonly promptHash: string;
  readonly spec: RequestSpec;
}

/** The document of an accepted text. `number` counts the run's accepted texts from 1. */
export function acceptedDocument(accepted: AcceptedText, number: number, provenance: Provenance): Document {
  const { spec, provider, run, promptHash } = provenance;
  const source = provider.name === 'offline' ? 'synthetic' : 'llm';
  const spans = accepted.mentions.map(({ start, end, label }, index) =>
    createSpan(accepted.text, { id: `T${index + 1}`, start, end, label, source }),
  );
  const pair = spec.task === 're' ? pairOf(spans, spec.relation.head) : undefined;
  return {
    id: `${run}-${String(number).padStart(6, '0')}`,
    text: accepted.text,
    spans,
    relations:
      spec.task === 're' && pair !== undefined && accepted.related === true
        ? [{ id: 'R1', head: pair.head, tail: pair.tail, label: spec.relation.name, source }]
        : [],
    attributes: [],
    meta: {
      provider: provider.name,
      model: provider.model,
      prompt: promptHash,
      seeds: accepted.seeds,
      style: spec.style.name,
      run,
      ...(spec.task === 're' && spec.isOneOfSeveral === true ? { relation: spec.relation.name } : {}),
    },
  };
}

/** The judge lets only texts with one head and one tail pass. */
function pairOf(spans: Document['spans'], headLabel: string): { head: string; tail: string } | undefined {
  const head = spans.find(({ label }) => label === headLabel);
  const tail = spans.find((span) => span !== head);
  return head === undefined || tail === undefined ? undefined : { head: head.id, tail: tail.id };
}
