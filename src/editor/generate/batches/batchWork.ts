import { UserError } from '../../../foundation/userError.ts';
import type { Project } from '../../../project/project.ts';
import type { BatchService } from '../../../llm/batch/batchService.ts';
import type { Provider } from '../../../llm/provider.ts';
import { requireApiKey } from '../../sending/apiKey.ts';
import type { Services } from '../../services.ts';
import { endpointOf } from '../../sending/endpoint.ts';
import { requireTrustToSend } from '../../sending/chooseModel.ts';
import { begunRun } from '../runPlan.ts';

/** A run of batches and the service that it was begun for. */
export interface BatchWork {
  readonly folder: string;
  /** The run's name. */
  readonly run: string;
  readonly model: string;
  /** Where it is, as a provider is told of. */
  readonly provider: Provider;
  readonly service: BatchService;
  readonly retries: number;
  readonly backoff: { readonly base: number; readonly most: number };
}

/** The provider that plans a run in batches: it is asked nothing, so it needs no key. Throws `UserError`. */
export async function planningProvider(project: Project): Promise<Provider> {
  requireTrustToSend();
  const { model, baseUrl } = endpointOf(project);
  const { openAiProvider } = await import('../../../llm/openai/openaiProvider.ts');
  return openAiProvider({ apiKey: 'none', model, ...(baseUrl === undefined ? {} : { baseUrl }) });
}

/** The service of the run in `folder`, with its key. Throws `UserError` when settings and project name another one. */
export async function openBatchWork(
  services: Services,
  project: Project,
  folder: string,
): Promise<BatchWork> {
  const provider = await planningProvider(project);
  const { run, model, host } = await begunRun(folder);
  const { destination } = provider;
  if (destination.host !== host) {
    throw new UserError(`The run was begun for ${host}, not for ${destination.host}.`, {
      nextStep:
        'Name the address that it was begun with, in the setting "chartmark.openai.baseUrl" or chartmark.json.',
    });
  }
  const [{ batchService }, { sendingOptions }] = await Promise.all([
    import('../../../llm/batch/batchService.ts'),
    import('../../../llm/sending/sendingOptions.ts'),
  ]);
  const endpoint = endpointOf(project);
  // A service on this machine takes any key.
  const apiKey =
    destination.kind === 'local' ? 'local' : await requireApiKey(services.secrets, endpoint.host);
  const { timeout, retries, backoff } = sendingOptions(provider, project.generation);
  const service = batchService({
    apiKey,
    model,
    timeout,
    ...(endpoint.baseUrl === undefined ? {} : { baseUrl: endpoint.baseUrl }),
  });
  return { folder, run, model, provider, service, retries, backoff };
}
