import { seededRandom, shuffled } from '../../foundation/random.ts';
import { type Project, topicsOf } from '../../project/project.ts';
import type { Topic } from './requestSpec.ts';

/** The topics of a project in a random but repeatable order. */
export function projectTopics(project: Project, seed: number): readonly Topic[] {
  const all = Object.keys(project.topics).flatMap((type) =>
    ownNames(project, type).map((name) => ({ type, name })),
  );
  return shuffled(seededRandom(seed), all);
}

/** The topics of a type in chartmark.json without duplicates: a name that is listed twice is not used twice as often. */
export function ownNames(project: Project, type: string): readonly string[] {
  const names = new Map<string, string>();
  for (const name of topicsOf(project, type)) {
    const key = name.trim().toLowerCase();
    if (key !== '' && !names.has(key)) names.set(key, name);
  }
  return [...names.values()];
}

interface Offer {
  /** The number of the request, from 0. */
  readonly request: number;
  readonly count: number;
  readonly stride: number;
}

/**
 * The topics of one request. Each request advances by `stride` in the list. Each pass through the list has another
 * order, so that no topic is skipped every time.
 */
export function takeTopics(names: readonly Topic[], { request, count, stride }: Offer): readonly Topic[] {
  const taken = new Set<Topic>();
  for (let position = request * stride; taken.size < Math.min(count, names.length); position++) {
    const name = topicAt(names, position);
    if (name !== undefined) taken.add(name);
  }
  return [...taken];
}

/**
 * The same, but the types of the topics take turns, and each type begins again when its topics are used up: one with few
 * topics is written about as often as one with many.
 */
export function takeInTurn(names: readonly Topic[], { request, count, stride }: Offer): readonly Topic[] {
  const decks = decksOf(names);
  const taken = new Set<Topic>();
  for (let position = request * stride; taken.size < Math.min(count, names.length); position++) {
    const deck = decks[position % decks.length] ?? [];
    const name = topicAt(deck, Math.floor(position / decks.length));
    if (name !== undefined) taken.add(name);
  }
  return [...taken];
}

const decksOfNames = new WeakMap<readonly Topic[], readonly (readonly Topic[])[]>();

/** The topics of each type, in the order in which the types first occur. */
function decksOf(names: readonly Topic[]): readonly (readonly Topic[])[] {
  const known = decksOfNames.get(names);
  if (known !== undefined) return known;
  const decks = [...Map.groupBy(names, ({ type }) => type).values()];
  decksOfNames.set(names, decks);
  return decks;
}

/** The topic at a position of the endless list that consists of passes through `names`. */
function topicAt(names: readonly Topic[], position: number): Topic | undefined {
  const pass = Math.floor(position / names.length);
  return names[(position * passStep(names.length, pass) + pass) % names.length];
}

/** A step that reaches every place of a list once, because it has no common factor with the length. */
function passStep(length: number, pass: number): number {
  let step = pass === 0 ? 1 : (1 + Math.floor(length * ((pass * 0.618_033_988_75) % 1))) % length || 1;
  while (commonDivisor(step, length) > 1) step = (step % length) + 1;
  return step;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
