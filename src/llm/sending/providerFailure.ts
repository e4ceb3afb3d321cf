import { UserError } from '../../foundation/userError.ts';

/**
 * What can be done about a failed try:
 * - `fatal`: nothing; every other request would fail too (wrong key, unknown model, quota used up).
 * - `busy`: the service asks to wait.
 * - `unreachable`: no connection was made; the address may be wrong, or the network temporarily down.
 * - `broken`: the connection or the service failed; trying again usually helps.
 * - `garbled`: the answer cannot be read as one; trying again rarely helps.
 */
type FailureKind = 'fatal' | 'busy' | 'unreachable' | 'broken' | 'garbled';

interface FailureDetails {
  readonly kind: FailureKind;
  /** As the ledger records it: "timeout", "status 503". */
  readonly reason: string;
  /** The service may have done the work, and may charge for it. */
  readonly mayBeCharged: boolean;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The request, with the reply that it allows, is too long for the model; a smaller one may succeed. */
  readonly isTooLong?: true;
  readonly nextStep: string;
}

/** A request was tried and got no reply. Like every `UserError`, it contains no prompt, text or key. */
export class ProviderFailure extends UserError {
  readonly details: FailureDetails;

  constructor(message: string, details: FailureDetails) {
    super(message, { nextStep: details.nextStep });
    this.name = 'ProviderFailure';
    this.details = details;
  }
}
