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

/** How a service is asked for the reply format: by a JSON Schema, as JSON of any shape, or only in the prompt. */
export type ReplyForm = 'schema' | 'json' | 'text';

export interface CompletionRequest {
  /** The request's number in its run, from 0. Together with the run's seed it decides every random draw. */
  readonly index: number;
  /** Names the request in the service's log; says nothing about its content. */
  readonly id?: string;
  /** Failed tries before this one. */
  readonly attempt?: number;
  readonly messages: readonly ChatMessage[];
  /** JSON Schema of the requested reply. */
  readonly replySchema: JsonObject;
  /** The most tokens that the reply may have. */
  readonly maxTokens?: number;
  /** The form in which the service answered before, if known. */
  readonly form?: ReplyForm;
}

/** Why a reply is of no use although the service works. */
export type Refused = 'refusal' | 'content-filter' | 'bad-request' | 'too-large' | 'too-long';

export interface CompletionReply {
  readonly text: string;
  /** The reply was cut off at the length limit. */
  readonly truncated?: boolean;
  readonly refused?: Refused;
  /** How many characters of reasoning came beside the text, if any. */
  readonly reasoning?: number;
  /** The reply format that the service was asked for. */
  readonly form?: ReplyForm;
  readonly tokens?: { readonly input: number; readonly output: number };
}

/** A model, and where requests to it go. */
export interface ModelInfo {
  readonly name: string;
  readonly model: string;
  readonly destination: Destination;
  /** Requests leave this computer over plain HTTP: anybody in between can read them. */
  readonly isUnencrypted?: true;
  /** The same request always gets the same reply, at once and for free. */
  readonly isRepeatable?: boolean;
}

/** Replies to requests of type `R`. */
export interface Provider<R extends CompletionRequest = CompletionRequest> extends ModelInfo {
  /** Tries once; the sender handles retries. Throws `ProviderFailure`, `UserError` or `CancelledError`. */
  readonly complete: (request: R, signal?: AbortSignal) => Promise<CompletionReply>;
}
