import { offlineWriter } from '../../generation/offline/offlineWriter.ts';
import type { Writer, WriterInfo } from '../../generation/plan/requestSpec.ts';
import { loadLexicon } from '../../generation/topics/lexicon.ts';
import { type BatchService, batchService } from '../../llm/batch/batchService.ts';
import { openAiProvider } from '../../llm/openai/openaiProvider.ts';
import type { ChatMessage, ModelInfo, Provider } from '../../llm/provider.ts';

/** A language model that was chosen. Its destination is known before any key is. */
export interface ModelChoice {
  readonly info: ModelInfo;
  /** The model with its key. Throws `UserError` if there is no key, `CancelledError` if the person gives none. */
  readonly connect: () => Promise<Provider>;
  /** What the model itself says about the size of a prompt, as a sentence for the disclosure, if it can count. */
  readonly measure?: (messages: readonly ChatMessage[]) => Promise<string>;
}

/** A model of an endpoint, which may also have a Batch API. */
export interface EndpointChoice extends ModelChoice {
  /** The Batch API with its key. `timeout` in milliseconds. Throws as `connect`. */
  readonly connectBatches: (timeout: number) => Promise<BatchService>;
}

/** The same for who writes texts: a language model, or the offline templates. */
export interface WriterChoice {
  readonly info: WriterInfo;
  readonly connect: () => Promise<Writer>;
  readonly measure?: ModelChoice['measure'];
}

interface EndpointOptions {
  readonly model: string;
  /** The service's own address if undefined. */
  readonly baseUrl: string | undefined;
  /** Called when the endpoint is needed; undefined if there is no key. */
  readonly apiKey: (
    destination: ModelInfo['destination'],
  ) => Promise<string | undefined> | string | undefined;
}

/** A model of an OpenAI-compatible endpoint. Throws `UserError` if the address is not valid. */
export function endpointModel({ model, baseUrl, apiKey }: EndpointOptions): EndpointChoice {
  const address = { model, ...(baseUrl === undefined ? {} : { baseUrl }) };
  const info = openAiProvider({ ...address, apiKey: 'none' });
  const withKey = async () => {
    const key = await apiKey(info.destination);
    return { ...address, ...(key === undefined ? {} : { apiKey: key }) };
  };
  return {
    info,
    connect: async () => openAiProvider(await withKey()),
    connectBatches: async (timeout) => batchService({ ...(await withKey()), timeout }),
  };
}

/** The templates that are shipped. `resources` is the folder of the package. Throws `UserError`. */
export async function offlineChoice(resources: string, seed: number): Promise<WriterChoice> {
  const writer = offlineWriter(await loadLexicon(resources), seed);
  return { info: writer, connect: () => Promise.resolve(writer) };
}
