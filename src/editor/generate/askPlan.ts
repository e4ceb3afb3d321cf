import { UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import type { TopicSource } from '../../generation/topics/chosenTopics.ts';
import { askOne, askText, isCount } from '../ask.ts';
import type { OpenProject } from '../../project/projectPlaces.ts';
import { askProvider } from './askProvider.ts';
import type { WriterKind } from '../sending/chooseModel.ts';

/** What a run should write. */
export interface Plan {
  readonly provider: WriterKind;
  /** Of the editor's language models: which one; asked for when absent. */
  readonly model?: string;
  readonly task: 'ner' | 're';
  /** Of relations: which; all of the project in turn when absent. */
  readonly relations?: readonly string[];
  readonly count: number;
  readonly seed: number;
  readonly topicSource: TopicSource;
}

/** Of a run. */
export const mostTexts = 1_000_000;

interface PlanQuestions {
  readonly title: string;
  readonly resources: string;
  /** Who writes, if that is known and need not be asked. */
  readonly provider?: WriterKind;
}

/** Asks who is to write what; takes from `defaults` what it does not ask. Throws `CancelledError`. */
export async function askPlan(
  place: OpenProject,
  defaults: Plan,
  { title, resources, provider: given }: PlanQuestions,
): Promise<Plan> {
  const hasRelations = place.project.relationTypes.length > 0;
  const steps = 1 + (given === undefined ? 1 : 0) + (hasRelations ? 1 : 0);
  let step = 0;
  const stepTitle = (): string => (steps === 1 ? title : `${title} (${++step}/${steps})`);
  const provider =
    given ??
    (await askProvider(place, {
      title: stepTitle(),
      placeHolder: 'Who should write the notes?',
      offline: true,
    }));
  const subject = hasRelations ? await askSubject(stepTitle(), place.project) : { task: 'ner' as const };
  const count = await askText({
    title: stepTitle(),
    prompt: 'How many notes? A few hundred are enough for a first model. More give a better one.',
    value: String(defaults.count),
    check: (text) =>
      isCount(text, mostTexts)
        ? undefined
        : { severity: 'error', message: `Enter a whole number from 1 to ${mostTexts}.` },
  });
  if (!isCount(count, mostTexts)) throw new UserError('Enter a whole number of notes.');
  const plan = { ...defaults, provider, ...subject, count: Number(count) };
  return { ...plan, topicSource: await askNameSource(place, plan, { title, resources }) };
}

type Subject = Pick<Plan, 'task' | 'relations'>;

function askSubject(stepTitle: string, { relationTypes }: Project): Promise<Subject> {
  const each = relationTypes.length > 1 ? relationTypes : [];
  return askOne<Subject>(stepTitle, 'What should be labelled in them?', [
    {
      label: 'Mentions',
      detail: 'Notes in which every mention of a type is marked.',
      value: { task: 'ner' },
    },
    {
      label: 'Relations',
      ...(each.length === 0
        ? {}
        : { description: `${each.map(({ name }) => name).join(', ')}: the same number of each` }),
      detail: 'Sentences with two mentions that are or are not related.',
      value: { task: 're' },
    },
    ...each.map(({ name, head, tail }) => ({
      label: `Relations: ${name}`,
      description: `${head}, ${tail}`,
      detail: 'Sentences about this relation only.',
      value: { task: 're' as const, relations: [name] },
    })),
  ]);
}

/** Asks only where a language model would be left to itself, and the lexicon could help. */
async function askNameSource(
  { project }: OpenProject,
  plan: Plan,
  { title, resources }: PlanQuestions,
): Promise<TopicSource> {
  if (plan.provider === 'offline') return 'project';
  const [{ topicsFor }, { planRun }, { typesInLexicon }] = await Promise.all([
    import('../../generation/plan/planRequest.ts'),
    import('../../generation/plan/planRun.ts'),
    import('../../generation/topics/chosenTopics.ts'),
  ]);
  const wanted = { ...plan, project };
  if (topicsFor(planRun(wanted)).length > 0) return 'project';
  const { known, unknown } = await typesInLexicon(wanted, resources);
  if (known.length === 0) return 'project';
  const lexicon = {
    label: 'Topics from the bundled lexicon',
    description: known.join(', '),
    detail: 'Common and rare topics alternate, and all are used about equally often.',
    value: 'lexicon' as const,
  };
  const none = {
    label: 'No topics',
    description: 'chartmark.json has no "topics"',
    detail: 'The model chooses. Left alone, a model often repeats a few well-known topics.',
    value: 'project' as const,
  };
  // Texts would all be about the types that the lexicon knows.
  const choices = unknown.length === 0 ? [lexicon, none] : [none, lexicon];
  return askOne<TopicSource>(`${title}: topics`, 'What should the notes be about?', choices);
}
