import { UserError } from '../../foundation/userError.ts';

/**
 * What can be done about a failed try:
 * - `fatal`: nothing; every other request would fail alike (wrong key, unknown model, quota used up).
 * - `busy`: the service asks for patience.
 * - `unreachable`: no connection was made; the address may be wrong, or the network down for a while.
 * - `broken`: the connection or the service failed; trying again helps mostly.
 * - `garbled`: an answer came that is none; trying again helps seldom.
 */
type FailureKind = 'fatal' | 'busy' | 'unreachable' | 'broken' | 'garbled';

interface FailureDetails {
  readonly kind: FailureKind;
  /** In the ledger's words: "timeout", "status 503". */
  readonly reason: string;
  /** The service may have done the work, and may charge for it. */
  readonly mayBeCharged: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The request, or the reply that it allows, is more than the model takes: a smaller one may do. */
  readonly isTooLong?: true;
  readonly nextStep: string;
}

/** A try of a request that brought no reply. Like every `UserError` it holds no prompt, text or key. */
export class ProviderFailure extends UserError {
  readonly details: FailureDetails;

  constructor(message: string, details: FailureDetails) {
    super(message, { nextStep: details.nextStep });
    this.name = 'ProviderFailure';
    this.details = details;
  }
}
