import { UserError } from '../../foundation/userError.ts';
import type { BatchService } from '../../llm/batch/batchService.ts';
import type { ModelInfo } from '../../llm/provider.ts';
import { sendingOptions } from '../../llm/sending/sendingOptions.ts';
import type { Project } from '../../project/project.ts';
import { readGenerationRun } from '../../runs/runDescription.ts';
import type { EndpointChoice } from '../sending/modelChoice.ts';

export interface BatchInput {
  readonly folder: string;
  readonly project: Pick<Project, 'generation'>;
  /** The endpoint from the options and settings, for the model of the run. */
  readonly endpoint: (model: string) => EndpointChoice | Promise<EndpointChoice>;
  /** Attempts after the first one; those of the project if undefined. */
  readonly retries?: number | undefined;
}

interface BatchRun {
  readonly model: ModelInfo;
  readonly connect: () => Promise<ConnectedRun>;
}

interface ConnectedRun {
  readonly folder: string;
  /** The run's name. */
  readonly run: string;
  readonly service: BatchService;
  readonly retries: number;
  readonly backoff: { readonly base: number; readonly most: number };
}

/** Throws `UserError`, also if the run was begun for another service than the options and settings name. */
export async function openBatchRun({ folder, project, endpoint, retries }: BatchInput): Promise<BatchRun> {
  const { run, model, destination: begunFor } = await readGenerationRun(folder);
  const { info, connectBatches } = await endpoint(model);
  const { host } = info.destination;
  if (host !== begunFor.host) {
    throw new UserError(`The run was started with ${begunFor.host}, not with ${host}.`, {
      nextStep:
        'Use the address with which it was started: set it with --base-url, in the setting "chartmark.openai.baseUrl" or in chartmark.json.',
    });
  }
  const sending = sendingOptions(info, project.generation, retries === undefined ? {} : { retries });
  return {
    model: info,
    connect: async () => {
      const service = await connectBatches(sending.timeout);
      return { folder, run, service, retries: sending.retries, backoff: sending.backoff };
    },
  };
}
