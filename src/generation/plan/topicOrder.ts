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

/**
 * The topics of one request. Each request advances by `stride` in the list. Each pass through the list has another
 * order, so that no topic is skipped every time.
 */
export function takeTopics(
  names: readonly Topic[],
  { request, count, stride }: { request: number; count: number; stride: number },
): readonly Topic[] {
  const taken = new Set<Topic>();
  for (let position = request * stride; taken.size < Math.min(count, names.length); position++) {
    const pass = Math.floor(position / names.length);
    const name = names[(position * passStep(names.length, pass) + pass) % names.length];
    if (name !== undefined) taken.add(name);
  }
  return [...taken];
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
