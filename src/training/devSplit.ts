import { seededRandom, shuffled } from '../foundation/random.ts';
import { UserError } from '../foundation/userError.ts';
import { hasLabels } from './labelCounts.ts';
import type { TaskData } from './task.ts';

/** Share of the examples that is wanted, and the most that a single document may bring. */
const devShare = 0.1;
const mostShare = 0.25;

/** Drawings after which labels are too rare to have some in both parts. */
const mostDrawings = 100;

interface Split {
  readonly train: TaskData;
  readonly dev: TaskData;
}

/**
 * Splits off about a tenth of the examples for choosing the best epoch: whole documents, or single examples
 * when the documents are too few and large for that. Both parts have something labelled. Throws `UserError`
 * when there is one example only, or too little is labelled.
 */
export function splitDev(data: TaskData, seed: number): Split {
  for (let drawing = 0; drawing < mostDrawings; drawing++) {
    const split = drawSplit(data, seed + drawing);
    if (hasLabels(split.train) && hasLabels(split.dev)) return split;
  }
  throw new UserError(
    'Too few sentences are labelled to train on some and to choose the best epoch by others.',
    {
      nextStep: 'Label more, or name a dev file.',
    },
  );
}

function drawSplit(data: TaskData, seed: number): Split {
  const places = [...data.groups.keys()];
  if (places.length < 2) {
    throw new UserError('One labelled sentence is too little to train on.', {
      nextStep: 'Label more, or name a dev file.',
    });
  }
  const byDocument = chooseGroups(data.groups, seed);
  const singly = places.map(String);
  const groups = byDocument.size > 0 ? data.groups : singly;
  const dev = byDocument.size > 0 ? byDocument : chooseGroups(singly, seed);
  const isDev = (place: number): boolean => dev.has(groups[place] as string);
  return {
    train: data.select(places.filter((place) => !isDev(place))),
    dev: data.select(places.filter(isDev)),
  };
}

/** Groups at random that together have the wanted share; empty if every group is too large. */
function chooseGroups(groups: readonly string[], seed: number): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  const wanted = Math.max(1, Math.round(groups.length * devShare));
  const most = Math.max(1, Math.floor(groups.length * mostShare));
  const chosen = new Set<string>();
  let taken = 0;
  for (const group of shuffled(seededRandom(seed), [...counts.keys()])) {
    const count = counts.get(group) as number;
    if (taken + count > most) continue;
    chosen.add(group);
    taken += count;
    if (taken >= wanted) break;
  }
  return chosen;
}
