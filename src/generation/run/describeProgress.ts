import { duration } from '../../foundation/duration.ts';
import { counted } from '../../foundation/numbers.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import { roundedSeconds } from './timeLeft.ts';
import type { GenerateProgress } from './generateProgress.ts';

/** The progress of a run in words: what is done, what it cost and what is left. */
export function describeProgress(progress: GenerateProgress): string {
  const { accepted, rejected, wanted, inFlight, tokens, costUsd, unansweredUsd, secondsLeft, trouble } =
    progress;
  return [
    `${accepted} of ${wanted} accepted, ${rejected} rejected`,
    inFlight === 0 ? '' : `${counted(inFlight, 'request')} in flight`,
    tokens === undefined ? '' : counted(tokens, 'token'),
    costUsd === undefined ? '' : describeSpent(costUsd, unansweredUsd),
    secondsLeft === undefined || secondsLeft === 0
      ? ''
      : `about ${duration(roundedSeconds(secondsLeft))} left`,
    trouble === undefined ? '' : `trying again (${trouble})`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** The progress of a run that sends one request after the other. `done` says in words what is done. */
export function describeQueries(
  done: string,
  { costUsd, trouble }: { readonly costUsd?: number | undefined; readonly trouble?: string | undefined },
): string {
  return [
    done,
    costUsd === undefined ? '' : describeSpent(costUsd),
    trouble === undefined ? '' : `trying again (${trouble})`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** The cost of a run in words. */
export function describeSpent(costUsd: number, unansweredUsd = 0): string {
  const lost =
    unansweredUsd > 0 ? ` (up to ${dollars(unansweredUsd)} more for requests without an answer)` : '';
  return `${dollars(costUsd)} spent${lost}`;
}
