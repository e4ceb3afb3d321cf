import { UserError } from '../../foundation/userError.ts';
import type { Estimate } from '../../llm/cost/estimate.ts';
import type { TokenPrice } from '../../llm/cost/prices.ts';
import { requirePrice } from '../../llm/cost/requirePrice.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import type { IdentifierScan } from './identifierScan.ts';

interface DisclosureParts<Task extends string> {
  /** Which task this is about. A consent to one task is no consent to another. */
  readonly task: Task;
  /** The model, and where requests go: host, local or remote, encrypted or not. */
  readonly model: ModelInfo;
  /** What the model is asked for, in words: "100 texts with marked mentions". */
  readonly wanted: string;
  /**
   * Whose words are sent: none of a text, texts that a model wrote, or texts of the user's own files. 'key' is a request
   * that carries only the API key and names at the service. 'nothing' writes files that are sent later.
   */
  readonly sends: 'nothing' | 'key' | 'prompts' | 'synthetic texts' | 'own texts';
  /** What is sent, in sentences. */
  readonly sent: string;
  /** How much is sent, and what it costs; `upToUsd` is the most that it can cost, if that is known. */
  readonly estimate: Estimate & { readonly upToUsd?: number };
  /** Completes the line of the estimate when it may not be enough: "; more if many texts are rejected". */
  readonly mayGrow: string;
  /** The limit of cost that the task starts with, in USD; undefined if there is none. */
  readonly maxCostUsd: number | undefined;
  /** By model name; they take precedence over the prices that Chartmark knows. */
  readonly prices: Readonly<Record<string, TokenPrice>>;
  readonly identifiers: IdentifierScan;
  /** Whatever else a person should know before they agree. */
  readonly notes?: readonly string[];
}

/**
 * Everything that a person must see before a task may send anything. Throws `UserError` if the limit of cost cannot be
 * enforced, so that nobody is asked to rely on it.
 */
export class Disclosure<Task extends string> {
  readonly task: Task;
  readonly wanted: string;
  readonly sends: DisclosureParts<Task>['sends'];
  readonly sent: string;
  readonly estimate: DisclosureParts<Task>['estimate'];
  readonly mayGrow: string;
  readonly maxCostUsd: number | undefined;
  readonly prices: DisclosureParts<Task>['prices'];
  readonly identifiers: IdentifierScan;
  readonly notes: readonly string[];
  // Private, so that no object literal can pass for a disclosure.
  readonly #model: ModelInfo;

  constructor(parts: DisclosureParts<Task>) {
    requirePrice(parts.model, parts.prices, parts.maxCostUsd);
    this.task = parts.task;
    this.#model = parts.model;
    this.wanted = parts.wanted;
    this.sends = parts.sends;
    this.sent = parts.sent;
    this.estimate = parts.estimate;
    this.mayGrow = parts.mayGrow;
    this.maxCostUsd = parts.maxCostUsd;
    this.prices = parts.prices;
    this.identifiers = parts.identifiers;
    this.notes = parts.notes ?? [];
  }

  get model(): ModelInfo {
    return this.#model;
  }

  /** Whether identifiers were found that would leave this computer. */
  get isStopped(): boolean {
    const isSent = this.model.destination.kind === 'remote' && this.estimate.requests > 0;
    return isSent && this.identifiers.found.length > 0;
  }
}

interface Answer {
  /** The limit that the person set instead of the disclosed one, in USD. */
  readonly maxCostUsd?: number | undefined;
  /** The person has looked at the identifiers that were found and sends them all the same. */
  readonly despiteIdentifiers?: boolean;
}

/** A person's yes to one disclosure. Only `Consent.to` makes one. */
export class Consent<Task extends string> {
  /** The limit that was agreed to, in USD. */
  readonly maxCostUsd: number | undefined;
  readonly #disclosure: Disclosure<Task>;

  private constructor(disclosure: Disclosure<Task>, maxCostUsd: number | undefined) {
    this.#disclosure = disclosure;
    this.maxCostUsd = maxCostUsd;
  }

  /**
   * Call this with the answer of a person who was shown `disclosure`. Throws `UserError` if identifiers would leave this
   * computer and the answer does not say that they may, or if the limit cannot be enforced.
   */
  static to<Task extends string>(disclosure: Disclosure<Task>, answer: Answer = {}): Consent<Task> {
    const { model, prices, identifiers } = disclosure;
    if (disclosure.isStopped && answer.despiteIdentifiers !== true) {
      throw new UserError(`Nothing was sent to ${model.destination.host}, because ${identifiers.summary}.`, {
        nextStep: 'Remove them, or send them deliberately.',
      });
    }
    const maxCostUsd = 'maxCostUsd' in answer ? answer.maxCostUsd : disclosure.maxCostUsd;
    requirePrice(model, prices, maxCostUsd);
    return new Consent(disclosure, maxCostUsd);
  }

  /** Throws if this consent was given to another disclosure. Every task calls it before it sends anything. */
  require(disclosure: Disclosure<Task>): void {
    if (this.#disclosure !== disclosure) throw new Error('This consent was given to another disclosure.');
  }
}

/** A task that is prepared, and may send once a person has agreed to its disclosure. */
export interface SendingTask<Task extends string, Result, Hooks> {
  readonly disclosure: Disclosure<Task>;
  readonly start: (consent: Consent<Task>, hooks: Hooks) => Promise<Result>;
}
