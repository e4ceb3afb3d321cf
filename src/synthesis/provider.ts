import type { JsonObject } from '../foundation/json.ts';
import type { RelationType, TextStyle } from '../project/project.ts';

/** Where a provider's requests go. `local` is this machine (loopback, or no request at all). */
export interface Destination {
  readonly kind: 'local' | 'remote';
  readonly host: string;
}

/** A name to write about and the entity type it belongs to. */
export interface Seed {
  readonly type: string;
  readonly name: string;
}

interface AskOf {
  readonly style: TextStyle;
  readonly language: string;
  /** Texts wanted from this request. */
  readonly texts: number;
  /** Names of which each text with a mention holds one; empty when anything goes. */
  readonly seeds: readonly Seed[];
}

/** Texts whose mentions of `labels` are tagged; `entityFree` of them hold none. */
export interface MentionAsk extends AskOf {
  readonly task: 'ner';
  readonly labels: readonly string[];
  readonly entityFree: number;
}

/** Sentences with one tagged head and one tagged tail; `negative` of them state no relation. */
export interface RelationAsk extends AskOf {
  readonly task: 're';
  readonly relation: RelationType;
  readonly negative: number;
}

/** What one request asks for, as data. */
export type Ask = MentionAsk | RelationAsk;

export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

export interface CompletionRequest {
  /** The request's number in its run, from 0: with the run's seed it decides everything that is drawn. */
  readonly index: number;
  readonly ask: Ask;
  /** `ask` in words, for a language model. */
  readonly messages: readonly ChatMessage[];
  /** JSON Schema of the reply that is wanted. */
  readonly replySchema: JsonObject;
}

export interface CompletionReply {
  readonly text: string;
  /** The reply was cut off at the model's length limit. */
  readonly truncated?: boolean;
  readonly tokens?: { readonly input: number; readonly output: number };
}

/** Something that writes text on request. `complete` throws `UserError` or `CancelledError`. */
export interface Provider {
  readonly name: string;
  readonly model: string;
  readonly destination: Destination;
  complete(request: CompletionRequest, signal?: AbortSignal): Promise<CompletionReply>;
}
