import type { JsonObject } from '../foundation/json.ts';

/** Where a provider's requests go. `local` is this machine (loopback, or no request at all). */
export interface Destination {
  readonly kind: 'local' | 'remote';
  readonly host: string;
}

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
  /** What the model is asked, in words. */
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

/** Which model it is, and where requests to it go. */
export interface ModelInfo {
  readonly name: string;
  readonly model: string;
  readonly destination: Destination;
  /** Requests leave this computer by plain http: anybody on the way can read them. */
  readonly isUnencrypted?: true;
  /** The same request always gets the same reply, at once and for free. */
  readonly isRepeatable?: boolean;
}

/** Something that replies to requests of the kind `R`. */
export interface Provider<R extends CompletionRequest = CompletionRequest> extends ModelInfo {
  /** Makes one try; trying again is up to the sender. Throws `ProviderFailure`, `UserError` or `CancelledError`. */
  readonly complete: (request: R, signal?: AbortSignal) => Promise<CompletionReply>;
}
