import { seededRandom, shuffled } from '../foundation/random.ts';
import { UserError } from '../foundation/userError.ts';
import { hasLabels } from './labelCounts.ts';
import type { TaskData } from './task.ts';

/** The share of the examples to split off, and the most that whole documents may add up to. */
const devShare = 0.1;
const mostShare = 0.25;

/** The most attempts to find a split with labels in both parts. */
const mostDrawings = 100;

interface Split {
  readonly train: TaskData;
  readonly dev: TaskData;
}

/**
 * Splits off about a tenth of the examples to choose the best epoch by: whole documents, or single examples if all
 * documents are too large. Both parts have labels. Throws `UserError` if there is only one example, or there are too
 * few labels.
 */
export function splitDev(data: TaskData, seed: number): Split {
  for (let drawing = 0; drawing < mostDrawings; drawing++) {
    const split = drawSplit(data, seed + drawing);
    if (hasLabels(split.train) && hasLabels(split.dev)) return split;
  }
  throw new UserError(
    'There are too few labelled sentences to train on some and choose the best epoch by others.',
    { nextStep: 'Label more sentences, or choose a dev file.' },
  );
}

function drawSplit(data: TaskData, seed: number): Split {
  const places = [...data.groups.keys()];
  if (places.length < 2) {
    throw new UserError('One labelled sentence is not enough to train on.', {
      nextStep: 'Label more sentences, or choose a dev file.',
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

/** Random groups that together have the wanted share; empty if every group is too large. */
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
