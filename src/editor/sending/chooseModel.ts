import { counted } from '../../foundation/numbers.ts';
import type { Project } from '../../project/project.ts';
import type { EndpointChoice, ModelChoice, WriterChoice } from '../../tasks/sending/modelChoice.ts';
import type { Services } from '../services.ts';
import { requireTrustToSend } from '../trust.ts';
import { requireApiKey } from './apiKey.ts';
import { endpointOf } from './endpoint.ts';
import { countTokens, languageModelProvider } from './languageModelProvider.ts';
import { chooseLanguageModel } from './languageModels.ts';

/** Who may be queried: an OpenAI-compatible endpoint, or a language model of the editor. */
export type ModelKind = 'openai' | 'editor';

/** Who may write: the same, or the templates of the offline writer. */
export type WriterKind = ModelKind | 'offline';

interface ModelWish {
  readonly project: Project;
  /** Of the editor's language models: which one; the user is asked if undefined. */
  readonly model?: string | undefined;
}

/**
 * A language model, before anything is sent to it. Throws `UserError` if nothing may be sent from this workspace,
 * `CancelledError` if the user chooses none.
 */
export async function chooseModel(
  { secrets }: Pick<Services, 'secrets'>,
  kind: ModelKind,
  { project, model: name }: ModelWish,
): Promise<ModelChoice> {
  requireTrustToSend();
  if (kind === 'editor') {
    const model = await chooseLanguageModel(name);
    const provider = languageModelProvider(model);
    return {
      info: provider,
      connect: () => Promise.resolve(provider),
      measure: async (messages) => {
        const tokens = await countTokens(model, messages);
        return (
          `${model.name} counts ${counted(tokens, 'token')} in a prompt. Each request counts against the quota that ` +
          `you have with ${model.vendor}.`
        );
      },
    };
  }
  return chooseEndpoint({ secrets }, project);
}

/**
 * The endpoint of settings and project, with `name` in place of the model that they name. Throws `UserError` if nothing may
 * be sent from this workspace.
 */
export async function chooseEndpoint(
  { secrets }: Pick<Services, 'secrets'>,
  project: Project,
  name?: string,
): Promise<EndpointChoice> {
  requireTrustToSend();
  const { endpointModel } = await import('../../tasks/sending/modelChoice.ts');
  const { model, baseUrl, host } = endpointOf(project);
  return endpointModel({
    model: name ?? model,
    baseUrl,
    // A service on this computer takes any key.
    apiKey: (destination) => (destination.kind === 'local' ? 'local' : requireApiKey(secrets, host)),
  });
}

/** Who writes texts. Throws as `chooseModel`. */
export async function chooseWriter(
  services: Pick<Services, 'secrets' | 'resources'>,
  kind: WriterKind,
  { seed, ...wish }: ModelWish & { readonly seed: number },
): Promise<WriterChoice> {
  if (kind !== 'offline') return chooseModel(services, kind, wish);
  const { offlineChoice } = await import('../../tasks/sending/modelChoice.ts');
  return offlineChoice(services.resources.fsPath, seed);
}
