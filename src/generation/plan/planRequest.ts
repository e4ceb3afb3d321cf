import type { RequestSpec, MentionSpec, Topic } from './requestSpec.ts';
import type { PlanVersion } from './planVersion.ts';
import { takeInTurn, takeTopics } from './topicOrder.ts';
import { requestRandom } from '../../foundation/random.ts';
import { mentionTypes, type Project, type RelationType, type TextStyle } from '../../project/project.ts';
import type { TextCount } from './textCount.ts';

/** What a run should write. */
export interface RunPlan {
  readonly task: 'ner' | 're';
  readonly project: Project;
  /** The relations of a relation run, which take turns. */
  readonly relations?: readonly RelationType[];
  readonly count: number;
  readonly seed: number;
  /** At most this many requests are sent, however few texts are accepted. */
  readonly mostRequests?: number;
  /** In the order in which they take turns. */
  readonly topics: readonly Topic[];
  readonly version: PlanVersion;
  /** The types of the topics take turns; otherwise all topics are used equally often, whatever their type. */
  readonly typesTakeTurns?: boolean;
}

/** The progress of a run. Apart from the plan, the next request depends on nothing else. */
export type RunState = Readonly<TextCount> & {
  readonly ofRelation?: ReadonlyMap<string, Readonly<TextCount>>;
};

/** The next request. Styles take turns by weight, and the share of negatives compensates for rejected texts. */
export function planRequest(plan: RunPlan, index: number, state: RunState): RequestSpec {
  const { project } = plan;
  const { generation } = project;
  const random = requestRandom(plan.seed, index);
  const turn = relationInTurn(plan, state);
  const has = turn === undefined ? state : turn.has;
  const left = turn === undefined ? plan.count - state.accepted : turn.left;
  const texts = Math.min(generation.textsPerRequest, left);
  const share = negativeShare(plan);
  const wanted = Math.round((has.accepted + texts) * share) - has.acceptedNegative;
  const negatives = Math.max(0, Math.min(texts, wanted));
  const common = { style: styleInTurn(plan, index), language: generation.language, texts };
  if (turn !== undefined) {
    const { relation, relations } = turn;
    const stride = generation.textsPerRequest;
    // Each relation goes through the topics of its own types.
    const topicsOfRelation = topicsOf(plan, [relation.head, relation.tail]);
    const request = Math.floor(index / relations);
    const topics = offered(plan, topicsOfRelation, { request, count: texts, stride });
    return {
      ...common,
      task: 're',
      relation,
      ...(relations === 1 ? {} : { isOneOfSeveral: true }),
      negative: negatives,
      topics,
    };
  }
  // A random draw decides whether to round up or down, so that the share is right over many requests.
  const confusable = Math.floor(negatives * generation.confusableShare + random());
  const stride = Math.max(1, Math.round(generation.textsPerRequest * (1 - share)));
  return {
    ...common,
    task: 'ner',
    labels: labelsFor(plan),
    entityFree: negatives,
    ...(confusable === 0 ? {} : { confusable }),
    topics: offered(plan, topicsFor(plan), { request: index, count: texts - negatives, stride }),
    ...labelsWithoutTopics(plan),
  };
}

/** For each text, so many topics are offered to choose from. */
const offeredPerText = 1.5;

/** The topics that a request with `count` texts about topics offers. It advances by `stride` whatever is left out. */
function offered(
  plan: RunPlan,
  topics: readonly Topic[],
  { count, ...place }: { readonly request: number; readonly count: number; readonly stride: number },
): readonly Topic[] {
  const offer = { ...place, count: plan.version === 1 ? count : Math.ceil(count * offeredPerText) };
  return plan.typesTakeTurns === true ? takeInTurn(topics, offer) : takeTopics(topics, offer);
}

interface Turn {
  readonly relation: RelationType;
  /** How many relations take turns. */
  readonly relations: number;
  /** The texts of this relation that the run has, and how many more it needs. */
  readonly has: TextCount;
  readonly left: number;
}

/** The relation that is furthest from its equal share; undefined if the run is about mentions. */
function relationInTurn({ relations = [], count }: RunPlan, state: RunState): Turn | undefined {
  const [first] = relations;
  if (first === undefined) return undefined;
  const left = count - state.accepted;
  if (relations.length === 1) return { relation: first, relations: 1, has: state, left };
  let turn: Turn | undefined;
  for (const [position, relation] of relations.entries()) {
    const has = state.ofRelation?.get(relation.name) ?? { accepted: 0, acceptedNegative: 0 };
    const share = Math.floor(count / relations.length) + (position < count % relations.length ? 1 : 0);
    const missing = share - has.accepted;
    if (turn === undefined || missing > turn.left) {
      turn = { relation, relations: relations.length, has, left: missing };
    }
  }
  // If a reply had more texts than requested, less than their share is left for the other relations.
  return turn === undefined ? undefined : { ...turn, left: Math.max(1, Math.min(turn.left, left)) };
}

/** The fraction of the texts that have no mention or do not state the relation, in [0, 1]. */
export function negativeShare({ task, project }: RunPlan): number {
  return task === 'ner' ? project.generation.entityFreeShare : project.generation.unrelatedShare;
}

/** The types that are tagged in a run's texts. */
export function labelsFor({ project, relations = [] }: RunPlan): readonly string[] {
  return relations.length === 0
    ? mentionTypes(project).map(({ name }) => name)
    : [...new Set(relations.flatMap(({ head, tail }) => [head, tail]))];
}

/** The topics of a plan whose types are tagged. */
export function topicsFor(plan: RunPlan): readonly Topic[] {
  return topicsOf(plan, labelsFor(plan));
}

const withoutTopics = new WeakMap<RunPlan, Pick<MentionSpec, 'withoutTopics'>>();

/** The labels without topics, if a mention run has topics for other labels. */
export function labelsWithoutTopics(plan: RunPlan): Pick<MentionSpec, 'withoutTopics'> {
  const known = withoutTopics.get(plan);
  if (known !== undefined) return known;
  const types = new Set(topicsFor(plan).map(({ type }) => type));
  const labels = types.size === 0 ? [] : labelsFor(plan).filter((label) => !types.has(label));
  const found = labels.length === 0 ? {} : { withoutTopics: labels };
  withoutTopics.set(plan, found);
  return found;
}

const topicsOfPlan = new WeakMap<RunPlan, Map<string, readonly Topic[]>>();

function topicsOf(plan: RunPlan, labels: readonly string[]): readonly Topic[] {
  const ofLabels = topicsOfPlan.get(plan) ?? new Map<string, readonly Topic[]>();
  topicsOfPlan.set(plan, ofLabels);
  const key = labels.join('\n');
  const names = ofLabels.get(key) ?? plan.topics.filter(({ type }) => labels.includes(type));
  ofLabels.set(key, names);
  return names;
}

/** The styles that a plan's texts may have. */
export function stylesFor({ task, project }: RunPlan): readonly TextStyle[] {
  const fit = task === 're' ? project.styles.filter(({ relations }) => relations === true) : [];
  return fit.length > 0 ? fit : project.styles;
}

/**
 * (√5 − 1) / 2. Its multiples modulo 1 are distributed more evenly in [0, 1) than random numbers, however many there
 * are.
 */
const goldenRatio = 0.618033988749895;

/** Mixes styles by weight so that their shares are nearly right even in a short run. */
function styleInTurn(plan: RunPlan, index: number): TextStyle {
  const styles = stylesFor(plan);
  const total = styles.reduce((sum, { weight = 1 }) => sum + weight, 0);
  let left = total * ((requestRandom(plan.seed, -1)() + index * goldenRatio) % 1);
  const found = styles.find(({ weight = 1 }) => (left -= weight) < 0);
  return found ?? (styles.at(-1) as TextStyle);
}
