import type { Project } from '../../project/project.ts';
import type { Provider } from '../../synthesis/provider.ts';
import { requireApiKey } from '../apiKey.ts';
import { askConsent } from '../ask.ts';
import type { Services } from '../services.ts';
import { endpointOf } from './endpoint.ts';

export type ProviderKind = 'offline' | 'openai';

/** What is going to be asked for. */
interface Plan {
  readonly provider: ProviderKind;
  readonly task: 'ner' | 're';
  readonly count: number;
  readonly seed: number;
  /** The folder of a run that is gone on with. */
  readonly run?: string;
}

/**
 * The provider of a run, ready to be asked. For an endpoint the user sees first what goes where, and
 * agrees. Throws `CancelledError` when they do not.
 */
export async function createProvider(
  { resources, secrets }: Pick<Services, 'resources' | 'secrets'>,
  plan: Plan,
  project: Project,
): Promise<Provider> {
  // Loaded when needed: the window must not wait for them when a file is opened.
  if (plan.provider === 'offline') {
    const [{ offlineProvider }, { loadLexicon }] = await Promise.all([
      import('../../synthesis/providers/offline.ts'),
      import('../../synthesis/lexicon.ts'),
    ]);
    return offlineProvider(await loadLexicon(resources.fsPath), plan.seed);
  }
  const endpoint = endpointOf(project);
  const { openAiProvider } = await import('../../synthesis/providers/openai.ts');
  const providerWith = (apiKey: string): Provider =>
    openAiProvider({
      apiKey,
      model: endpoint.model,
      ...(endpoint.baseUrl === undefined ? {} : { baseUrl: endpoint.baseUrl }),
    });
  // A service on this machine takes any key.
  const asked = providerWith('local');
  const isLocal = asked.destination.kind === 'local';
  await askToSend(plan, project, asked);
  return isLocal ? asked : providerWith(await requireApiKey(secrets, endpoint.host));
}

async function askToSend(plan: Plan, project: Project, provider: Provider): Promise<void> {
  const { task, count, run } = plan;
  const { destination, model } = provider;
  const { maxCostUsd } = project.generation;
  const [{ runPrice }, { estimateRun }, { describeEstimate }, { dollars }] = await Promise.all([
    import('../../synthesis/cost/runPrice.ts'),
    import('../../synthesis/cost/estimateRun.ts'),
    import('../../synthesis/cost/describeEstimate.ts'),
    import('../../synthesis/cost/dollars.ts'),
  ]);
  // A limit that cannot be kept is told before anybody agrees to anything.
  runPrice(provider, project.generation, maxCostUsd);
  const estimate = await estimateRun({
    ...plan,
    provider,
    project,
    ...(run === undefined ? {} : { resume: run }),
  });
  await askConsent(
    `Send about ${estimate.requests.toLocaleString('en')} requests to ${destination.host}?`,
    [
      `Host: ${destination.host}${destination.kind === 'local' ? ' (this machine)' : ''}`,
      `Model: ${model}`,
      `Asked for: ${count} ${task === 'ner' ? 'texts with marked mentions' : 'sentences with relations'}`,
      ...describeEstimate(estimate, provider),
      maxCostUsd === undefined ? '' : `Limit: ${dollars(maxCostUsd)}, as chartmark.json has it.`,
      '',
      'Sent: the label definitions, styles and seed names of the project. No other text of this workspace.',
    ].join('\n'),
    'Send',
  );
}
