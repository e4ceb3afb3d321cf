import { seededRandom, type Random } from '../foundation/random.ts';
import { mentionTypes, type Project, type RelationType, type TextStyle } from '../project/project.ts';
import type { Ask, Seed } from './provider.ts';
import { takeSeeds } from './seeds.ts';

/** What a run is asked to write. */
export interface RunPlan {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** Of a relation run: the relation that its sentences state or do not state. */
  readonly relation?: RelationType;
  readonly count: number;
  readonly seed: number;
  /** No request has this number or a higher one, however few texts were accepted. */
  readonly mostRequests?: number;
  /** Names to write about, in the order in which they take their turn. */
  readonly names: readonly Seed[];
}

/** What a run has so far: all that the next request depends on beside the plan. */
export interface RunState {
  readonly accepted: number;
  /** Of a mention run: accepted texts without a mention. Of a relation run: without the relation. */
  readonly acceptedNegative: number;
}

/** A random source for one purpose in one request of a run. */
export function requestRandom(seed: number, index: number): Random {
  return seededRandom((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0);
}

/** The next request: its style is drawn by weight, its share of negatives makes up for what was refused. */
export function planRequest(plan: RunPlan, index: number, state: RunState): Ask {
  const { project, relation } = plan;
  const { generation } = project;
  const random = requestRandom(plan.seed, index);
  const texts = Math.min(generation.textsPerRequest, plan.count - state.accepted);
  const share = negativeShare(plan);
  const wanted = Math.round((state.accepted + texts) * share) - state.acceptedNegative;
  const negatives = Math.max(0, Math.min(texts, wanted));
  const common = { style: pickStyle(stylesFor(plan), random), language: generation.language, texts };
  const seeds = (count: number, stride: number): readonly Seed[] =>
    takeSeeds(namesFor(plan), { request: index, count, stride });
  if (relation !== undefined) {
    const stride = generation.textsPerRequest;
    return { ...common, task: 're', relation, negative: negatives, seeds: seeds(texts, stride) };
  }
  // A share of few texts is none or all of them: which one is drawn, so that it is right over many requests.
  const confusable = Math.floor(negatives * generation.confusableShare + random());
  const stride = Math.max(1, Math.round(generation.textsPerRequest * (1 - share)));
  return {
    ...common,
    task: 'ner',
    labels: labelsFor(plan),
    entityFree: negatives,
    ...(confusable === 0 ? {} : { confusable }),
    seeds: seeds(texts - negatives, stride),
  };
}

/** Share of the texts that hold no mention, or state no relation: in [0, 1]. */
export function negativeShare({ task, project }: RunPlan): number {
  return task === 'ner' ? project.generation.entityFreeShare : project.generation.unrelatedShare;
}

/** The types that are tagged in a run's texts. */
export function labelsFor({ project, relation }: RunPlan): readonly string[] {
  return relation === undefined
    ? mentionTypes(project).map(({ name }) => name)
    : [relation.head, relation.tail];
}

const namesOfPlan = new WeakMap<RunPlan, readonly Seed[]>();

/** The names of a plan that are of a type that is tagged. */
export function namesFor(plan: RunPlan): readonly Seed[] {
  const known = namesOfPlan.get(plan);
  if (known !== undefined) return known;
  const labels = new Set(labelsFor(plan));
  const names = plan.names.filter(({ type }) => labels.has(type));
  namesOfPlan.set(plan, names);
  return names;
}

/** The styles that a plan's texts may have. */
export function stylesFor({ task, project }: RunPlan): readonly TextStyle[] {
  const fit = task === 're' ? project.styles.filter(({ relations }) => relations === true) : [];
  return fit.length > 0 ? fit : project.styles;
}

function pickStyle(styles: readonly TextStyle[], random: Random): TextStyle {
  let left = random() * styles.reduce((total, { weight = 1 }) => total + weight, 0);
  const found = styles.find(({ weight = 1 }) => (left -= weight) < 0);
  return found ?? (styles.at(-1) as TextStyle);
}
