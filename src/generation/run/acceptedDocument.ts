import { createSpan, type Document } from '../../corpus/document.ts';
import type { JsonObject } from '../../foundation/json.ts';
import type { AcceptedText } from '../judge/judge.ts';
import type { Ask, Provider } from '../../llm/provider.ts';

/** Where an accepted text comes from. */
export interface Provenance {
  readonly run: string;
  readonly provider: Provider;
  readonly promptHash: string;
  readonly ask: Ask;
}

/** The document of an accepted text. `number` counts the run's accepted texts from 1. */
export function acceptedDocument(accepted: AcceptedText, number: number, provenance: Provenance): Document {
  const { ask, provider, run, promptHash } = provenance;
  const source = provider.name === 'offline' ? 'synthetic' : 'llm';
  const spans = accepted.mentions.map(({ start, end, label }, index) =>
    createSpan(accepted.text, { id: `T${index + 1}`, start, end, label, source }),
  );
  const pair = ask.task === 're' ? pairOf(spans, ask.relation.head) : undefined;
  return {
    id: `${run}-${String(number).padStart(6, '0')}`,
    text: accepted.text,
    spans,
    relations:
      ask.task === 're' && pair !== undefined && accepted.related === true
        ? [{ id: 'R1', head: pair.head, tail: pair.tail, label: ask.relation.name, source }]
        : [],
    attributes: [],
    meta: {
      provider: provider.name,
      model: provider.model,
      prompt: promptHash,
      seeds: accepted.seeds,
      style: ask.style.name,
      run,
      ...(ask.task === 're' && ask.isOneOfSeveral === true ? { relation: ask.relation.name } : {}),
    },
  };
}

/** The judge lets only texts with one head and one tail pass. */
function pairOf(spans: Document['spans'], headLabel: string): { head: string; tail: string } | undefined {
  const head = spans.find(({ label }) => label === headLabel);
  const tail = spans.find((span) => span !== head);
  return head === undefined || tail === undefined ? undefined : { head: head.id, tail: tail.id };
}

/** A line of rejected.jsonl: the text as it came, tags and all, and whether its pair is related where that was said. */
export function rejectedLine(record: {
  reason: string;
  detail: string;
  text: string;
  related?: boolean | undefined;
  request: number;
}): string {
  const ordered: JsonObject = {
    reason: record.reason,
    detail: record.detail,
    text: record.text,
    ...(record.related === undefined ? {} : { related: record.related }),
    request: record.request,
  };
  return `${JSON.stringify(ordered)}\n`;
}
