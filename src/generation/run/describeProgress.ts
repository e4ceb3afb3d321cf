import { duration } from '../../foundation/duration.ts';
import { counted } from '../../foundation/numbers.ts';
import { dollars } from '../../llm/cost/dollars.ts';
import type { GenerateProgress } from './generateProgress.ts';

/** How a run goes, in words: what is done, what it took and what is left. */
export function describeProgress(progress: GenerateProgress): string {
  const { accepted, rejected, wanted, tokens, costUsd, unansweredUsd, secondsLeft, trouble } = progress;
  return [
    `${accepted} of ${wanted} accepted, ${rejected} rejected`,
    tokens === undefined ? '' : counted(tokens, 'token'),
    costUsd === undefined ? '' : describeSpent(costUsd, unansweredUsd),
    secondsLeft === undefined ? '' : `${duration(secondsLeft)} left`,
    trouble === undefined ? '' : `trying again (${trouble})`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** How far a run has come that asks one thing after the other; `done` in words. */
export function describeAsking(
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

/** What a run has cost, in words. */
export function describeSpent(costUsd: number, unansweredUsd = 0): string {
  const lost =
    unansweredUsd > 0 ? ` (up to ${dollars(unansweredUsd)} more for requests without an answer)` : '';
  return `${dollars(costUsd)} spent${lost}`;
}
