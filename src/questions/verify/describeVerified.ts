import type { Verified } from './verify.ts';

/** What came of a verification, as lines for a person. */
export function describeVerified(verified: Verified): readonly string[] {
  const { asked, kept, relabelled, changes, unanswered, refusedByReason, decidedSince } = verified;
  const { added, removed, boundary, type } = changes;
  const reasons = Object.entries(refusedByReason).map(([reason, times]) => `${reason}: ${times}`);
  return [
    `${asked} texts asked about: ${kept} kept, ${relabelled} relabelled, ${unanswered} without a usable answer`,
    ...(relabelled === 0
      ? []
      : [
          `Mentions: ${added} added, ${removed} removed, ${boundary} with other boundaries, ${type} with another type`,
        ]),
    ...(reasons.length === 0 ? [] : [`Not usable: ${reasons.join(', ')}`]),
    ...(decidedSince === 0
      ? []
      : [`${decidedSince} stay as they are: somebody decided about them after they were asked about`]),
  ];
}
