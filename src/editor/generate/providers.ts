import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';
import type { Provider } from '../../llm/provider.ts';
import { requireApiKey } from '../sending/apiKey.ts';
import type { Services } from '../services.ts';
import { endpointOf } from '../sending/endpoint.ts';
import { chooseLanguageModel } from '../sending/languageModels.ts';
import { languageModelProvider } from '../sending/languageModelProvider.ts';

export type ProviderKind = 'offline' | 'openai' | 'editor';

interface ProviderWish {
  readonly provider: ProviderKind;
  /** Of the editor's language models: which one; asked for when absent. */
  readonly model?: string;
}

/** Tells the user what would go where, and resolves when they agree. Throws `CancelledError` when they do not. */
export type Confirm = (provider: Provider, countedBy?: vscode.LanguageModelChat) => Promise<void>;

/**
 * A provider that is ready for requests. The user agrees first, through `confirm`. Throws `CancelledError` if they do
 * not, `UserError` if nothing may be sent.
 */
export async function createProvider(
  { secrets }: Pick<Services, 'secrets'>,
  wish: ProviderWish,
  project: Project,
  confirm: Confirm,
): Promise<Provider> {
  requireTrustToSend();
  if (wish.provider === 'editor') {
    const model = await chooseLanguageModel(wish.model);
    const provider = languageModelProvider(model);
    await confirm(provider, model);
    return provider;
  }
  const endpoint = endpointOf(project);
  const { openAiProvider } = await import('../../llm/openai/openaiProvider.ts');
  const providerWith = (apiKey: string): Provider =>
    openAiProvider({
      apiKey,
      model: endpoint.model,
      ...(endpoint.baseUrl === undefined ? {} : { baseUrl: endpoint.baseUrl }),
    });
  // A service on this machine takes any key.
  const asked = providerWith('local');
  await confirm(asked);
  const isLocal = asked.destination.kind === 'local';
  return isLocal ? asked : providerWith(await requireApiKey(secrets, endpoint.host));
}

/** What a prompt says comes from files of the workspace. Throws `UserError` when it is not trusted. */
export function requireTrustToSend(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError('This workspace is not trusted, so nothing of it is sent.', {
    nextStep: 'Run "Workspaces: Manage Workspace Trust" when you trust its author, or generate offline.',
  });
}
