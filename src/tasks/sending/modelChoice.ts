import { offlineWriter } from '../../generation/offline/offlineWriter.ts';
import type { Writer, WriterInfo } from '../../generation/plan/requestSpec.ts';
import { loadLexicon } from '../../generation/topics/lexicon.ts';
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
export function endpointModel({ model, baseUrl, apiKey }: EndpointOptions): ModelChoice {
  const address = { model, ...(baseUrl === undefined ? {} : { baseUrl }) };
  const info = openAiProvider({ ...address, apiKey: 'none' });
  return {
    info,
    connect: async () => {
      const key = await apiKey(info.destination);
      return openAiProvider({ ...address, ...(key === undefined ? {} : { apiKey: key }) });
    },
  };
}

/** The templates that are shipped. `resources` is the folder of the package. Throws `UserError`. */
export async function offlineChoice(resources: string, seed: number): Promise<WriterChoice> {
  const writer = offlineWriter(await loadLexicon(resources), seed);
  return { info: writer, connect: () => Promise.resolve(writer) };
}
