import { counted } from '../../foundation/numbers.ts';
import type { Verified } from './runVerification.ts';

/** The result of a check of labels, as lines for a person. */
export function describeVerified(verified: Verified): readonly string[] {
  const { asked, kept, relabelled, changes, unanswered, refusedByReason, decidedSince } = verified;
  const { added, removed, boundary, type } = changes;
  const reasons = Object.entries(refusedByReason).map(([reason, times]) => `${reason}: ${times}`);
  return [
    `${counted(asked, 'text')} checked: ${kept} kept, ${relabelled} relabelled, ${unanswered} without a usable answer`,
    ...(relabelled === 0
      ? []
      : [
          `Mentions: ${added} added, ${removed} removed, ${boundary} with other boundaries, ${type} with another type`,
        ]),
    ...(reasons.length === 0 ? [] : [`Not usable: ${reasons.join(', ')}`]),
    ...(decidedSince === 0
      ? []
      : [
          `${counted(decidedSince, 'text')} unchanged, because ${decidedSince === 1 ? 'it was' : 'they were'} reviewed in the meantime`,
        ]),
  ];
}
