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
  /** Of those: how many hold words that are easily mistaken for a mention. */
  readonly confusable?: number;
  /** Labels of which the run has no names: texts with mentions of these alone need none of `seeds`. */
  readonly withoutNames?: readonly string[];
}

/** Sentences with one tagged head and one tagged tail; `negative` of them state no relation. */
export interface RelationAsk extends AskOf {
  readonly task: 're';
  readonly relation: RelationType;
  /** The run writes about other relations, too: its requests and texts say which one they are about. */
  readonly isOneOfSeveral?: true;
  readonly negative: number;
}

/** What one request asks for, as data. */
export type Ask = MentionAsk | RelationAsk;

export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** How a service is told to answer: by a JSON Schema, with JSON of any shape, or in words alone. */
export type ReplyForm = 'schema' | 'json' | 'text';

export interface CompletionRequest {
  /** The request's number in its run, from 0: with the run's seed it decides everything that is drawn. */
  readonly index: number;
  /** Names the request in the service's log; it says nothing about what is asked. */
  readonly id?: string;
  /** Failed tries before this one. */
  readonly attempt?: number;
  /** Absent where something else than labelled texts is asked for. */
  readonly ask?: Ask;
  /** What is asked, in words, for a language model. */
  readonly messages: readonly ChatMessage[];
  /** JSON Schema of the reply that is wanted. */
  readonly replySchema: JsonObject;
  /** The most tokens that the reply may have. */
  readonly maxTokens?: number;
  /** The form in which the service answered before, where that is known. */
  readonly form?: ReplyForm;
}

/** Why a reply holds nothing to be used, though the service works. */
export type Refused = 'refusal' | 'content-filter' | 'bad-request' | 'too-large' | 'too-long';

export interface CompletionReply {
  readonly text: string;
  /** The reply was cut off at the length limit. */
  readonly truncated?: boolean;
  readonly refused?: Refused;
  /** The form that the service was told to answer in. */
  readonly form?: ReplyForm;
  readonly tokens?: { readonly input: number; readonly output: number };
}

/**
 * Something that writes text on request. `complete` makes one try and throws `ProviderFailure`, `UserError`
 * or `CancelledError`; trying again is the sender's affair.
 */
export interface Provider {
  readonly name: string;
  readonly model: string;
  readonly destination: Destination;
  /** Its requests leave this computer by plain http: who is on the way can read them. */
  readonly isUnencrypted?: true;
  /** The same request always gets the same reply, at once and for nothing. */
  readonly isRepeatable?: boolean;
  /** It cannot write whole notes. */
  readonly onlySentences?: true;
  /** The only relations that it can write about are between these two types. */
  readonly onlyRelation?: { readonly head: string; readonly tail: string };
  complete(request: CompletionRequest, signal?: AbortSignal): Promise<CompletionReply>;
}
