import { isJsonObject, type JsonObject } from '../foundation/json.ts';
import type { CompletionReply } from '../llm/provider.ts';

/**
 * A request, written before it is sent. If an index is repeated, the request was sent but no answer reached the disk. Parts
 * of a request that was too large for the model have negative indices, from -1 down.
 */
export interface RequestEntry {
  readonly event: 'request';
  readonly index: number;
  /** The hash of the prompt. */
  readonly prompt: string;
  readonly style: string;
  readonly texts: number;
  readonly negatives: number;
  /** Only in runs that write about several relations. */
  readonly relation?: string;
  readonly confusable?: number;
  /** The topics. */
  readonly seeds: readonly { readonly type: string; readonly name: string }[];
  /** The highest possible cost in USD, if the price is known. */
  readonly upTo?: number;
  /** The number of its batch file; undefined if it was sent directly. */
  readonly batch?: number;
  /** In a part of a request: the numbers of its given texts. */
  readonly questions?: readonly number[];
}

/** An attempt that brought no reply. */
interface FailedEntry {
  readonly event: 'failed';
  readonly index: number;
  /** For example "timeout", "status 503" or "not sent". */
  readonly reason: string;
  /** Whether the service may charge for the attempt, because it may have done the work. */
  readonly mayBeCharged: boolean;
  /** No other attempt followed before the run was resumed. */
  readonly last?: true;
}

/** A reply, written before it is judged. */
export type ReplyEntry = {
  readonly event: 'reply';
  readonly index: number;
  readonly sha256: string;
  readonly costUsd?: number;
} & CompletionReply;

/** What was accepted and rejected from a reply. Outcomes are in the order of the replies. */
export interface OutcomeEntry {
  readonly event: 'outcome';
  readonly index: number;
  readonly accepted: number;
  readonly rejected: number;
  /** The lengths of accepted.jsonl and rejected.jsonl after this request, in bytes. */
  readonly acceptedBytes: number;
  readonly rejectedBytes: number;
  /** Numbers of given texts that are sent again in smaller requests. */
  readonly again?: readonly (readonly number[])[];
}

export type LedgerEntry = RequestEntry | FailedEntry | ReplyEntry | OutcomeEntry;

/** Checks the value of a line. Returns the entry, or the name of the first invalid field. */
export function readEntry(value: JsonObject): LedgerEntry | string {
  const fields = checks.get(value['event']);
  if (fields === undefined) return 'event';
  for (const { field, check } of fields) if (!check(value[field])) return field;
  return value as unknown as LedgerEntry;
}

type Check = (value: unknown) => boolean;

/** A check for each field of an entry, so that a new field cannot be forgotten. */
type Checks<Entry> = { readonly [Field in Exclude<keyof Entry, 'event'>]-?: Check };

const whole: Check = Number.isSafeInteger;
const amount: Check = (value) => typeof value === 'number';
const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const request: Checks<RequestEntry> = {
  index: whole,
  prompt: text,
  style: text,
  texts: whole,
  negatives: whole,
  relation: optional(text),
  confusable: optional(whole),
  seeds: listOf((seed) => isJsonObject(seed) && text(seed['type']) && text(seed['name'])),
  upTo: optional(amount),
  batch: optional(whole),
  questions: optional(listOf(whole)),
};
const failed: Checks<FailedEntry> = {
  index: whole,
  reason: text,
  mayBeCharged: flag,
  last: optional(oneOf(true)),
};
const reply: Checks<ReplyEntry> = {
  index: whole,
  sha256: text,
  costUsd: optional(amount),
  text,
  truncated: optional(flag),
  refused: optional(oneOf('refusal', 'content-filter', 'bad-request', 'too-large', 'too-long')),
  reasoning: optional(whole),
  form: optional(oneOf('schema', 'json', 'text')),
  tokens: optional((value) => isJsonObject(value) && amount(value['input']) && amount(value['output'])),
};
const outcome: Checks<OutcomeEntry> = {
  index: whole,
  accepted: whole,
  rejected: whole,
  acceptedBytes: whole,
  rejectedBytes: whole,
  again: optional(listOf(listOf(whole))),
};

// Not zod schemas: checking lines with them takes longer than reading and parsing the lines.
const checks = new Map<unknown, readonly { readonly field: string; readonly check: Check }[]>(
  Object.entries({ request, failed, reply, outcome } satisfies Record<
    LedgerEntry['event'],
    Readonly<Record<string, Check>>
  >).map(([event, fields]) => [event, Object.entries(fields).map(([field, check]) => ({ field, check }))]),
);
