import type { Project } from '../../project/project.ts';
import type { Provider } from '../../synthesis/provider.ts';
import { requireApiKey } from '../apiKey.ts';
import { askConsent } from '../ask.ts';
import type { Services } from '../services.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';

export type ProviderKind = 'offline' | 'openai';

/** What is going to be asked for. */
interface Plan {
  readonly provider: ProviderKind;
  readonly task: 'ner' | 're';
  readonly count: number;
  readonly seed: number;
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
  const { destination } = providerWith('local');
  await askToSend(plan, project, endpoint, destination.kind === 'local');
  return providerWith(destination.kind === 'local' ? 'local' : await requireApiKey(secrets, endpoint.host));
}

async function askToSend(
  { task, count }: Plan,
  { generation }: Project,
  { host, model }: Endpoint,
  local: boolean,
): Promise<void> {
  const requests = Math.ceil(count / generation.textsPerRequest);
  await askConsent(
    `Send at least ${requests} requests to ${host}?`,
    [
      `Host: ${host}${local ? ' (this machine)' : ''}`,
      `Model: ${model}`,
      `Asked for: ${count} ${task === 'ner' ? 'texts with marked mentions' : 'sentences with relations'}`,
      '',
      'Sent: the label definitions, styles and seed names of the project. No other text of this workspace.',
      local ? '' : 'The service may charge for it. Texts that are rejected are asked for again.',
    ].join('\n'),
    'Send',
  );
}
