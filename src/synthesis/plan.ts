import { seededRandom, shuffled, type Random } from '../foundation/random.ts';
import { mentionTypes, type Project, type RelationType, type TextStyle } from '../project/project.ts';
import type { Ask, Seed } from './provider.ts';

/** What a run is asked to write. */
export interface RunPlan {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** Of a relation run: the relation that its sentences state or do not state. */
  readonly relation?: RelationType;
  readonly count: number;
  readonly seed: number;
  /** Names to write about, in the order in which they take their turn. */
  readonly names: readonly Seed[];
}

/** What a run has so far: all that the next request depends on beside the plan. */
export interface RunState {
  readonly accepted: number;
  /** Of a mention run: accepted texts without a mention. Of a relation run: without the relation. */
  readonly acceptedNegative: number;
}

/** Share of relation sentences that state no relation. */
const negativeRelationShare = 0.5;

/** A random source for one purpose in one request of a run. */
export function requestRandom(seed: number, index: number): Random {
  return seededRandom((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0);
}

/** The names of a project in a random but repeatable order. */
export function projectSeeds(project: Project, seed: number): readonly Seed[] {
  const all = Object.entries(project.seeds).flatMap(([type, names]) => names.map((name) => ({ type, name })));
  return shuffled(seededRandom(seed), all);
}

/** The next request: its style is drawn by weight, its share of negatives makes up for what was refused. */
export function planRequest(plan: RunPlan, index: number, state: RunState): Ask {
  const { project, relation } = plan;
  const { generation } = project;
  const random = requestRandom(plan.seed, index);
  const texts = Math.min(generation.textsPerRequest, plan.count - state.accepted);
  const share = plan.task === 'ner' ? generation.entityFreeShare : negativeRelationShare;
  const wanted = Math.round((state.accepted + texts) * share) - state.acceptedNegative;
  const negatives = Math.max(0, Math.min(texts, wanted));
  const common = { style: pickStyle(stylesFor(plan), random), language: generation.language, texts };
  if (relation !== undefined) {
    const ends = new Set([relation.head, relation.tail]);
    const names = plan.names.filter(({ type }) => ends.has(type));
    return {
      ...common,
      task: 're',
      relation,
      negative: negatives,
      seeds: take(names, index, texts, generation.textsPerRequest),
    };
  }
  const labels = mentionTypes(project).map(({ name }) => name);
  const names = plan.names.filter(({ type }) => labels.includes(type));
  return {
    ...common,
    task: 'ner',
    labels,
    entityFree: negatives,
    seeds: take(names, index, texts - negatives, generation.textsPerRequest),
  };
}

/** Each request goes on in the list where the one before it left off, so that no name is used far more than another. */
function take(names: readonly Seed[], index: number, count: number, stride: number): readonly Seed[] {
  const wanted = Math.min(count, names.length);
  return Array.from(
    { length: wanted },
    (_, offset) => names[(index * stride + offset) % names.length] as Seed,
  );
}

function stylesFor({ task, project }: RunPlan): readonly TextStyle[] {
  const fit = task === 're' ? project.styles.filter(({ relations }) => relations === true) : [];
  return fit.length > 0 ? fit : project.styles;
}

function pickStyle(styles: readonly TextStyle[], random: Random): TextStyle {
  let left = random() * styles.reduce((total, { weight = 1 }) => total + weight, 0);
  const found = styles.find(({ weight = 1 }) => (left -= weight) < 0);
  return found ?? (styles.at(-1) as TextStyle);
}
