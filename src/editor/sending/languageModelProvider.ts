import * as vscode from 'vscode';
import { CancelledError } from '../../foundation/userError.ts';
import type { ChatMessage, CompletionReply, Provider } from '../../llm/provider.ts';
import { ProviderFailure } from '../../llm/sending/providerFailure.ts';

const justification =
  'Chartmark writes or annotates texts with it. You see what will be sent before it is sent.';

/**
 * A language model that an extension brought into the editor. The editor asks for consent itself when a model
 * is used for the first time. Such models are taken for remote: the editor does not tell where they run.
 */
export function languageModelProvider(model: vscode.LanguageModelChat): Provider {
  return {
    name: 'editor',
    model: languageModelName(model),
    destination: { kind: 'remote', host: `${model.vendor} through the editor` },
    async complete({ messages }, signal) {
      const source = new vscode.CancellationTokenSource();
      const cancel = (): void => source.cancel();
      if (signal?.aborted === true) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return await ask(model, messages, source.token);
      } catch (error) {
        if (error instanceof ProviderFailure) throw error;
        if (source.token.isCancellationRequested) throw new CancelledError();
        throw asFailure(error, model);
      } finally {
        signal?.removeEventListener('abort', cancel);
        source.dispose();
      }
    },
  };
}

/** What a model is called in settings and provenance. */
export function languageModelName({ vendor, id }: vscode.LanguageModelChat): string {
  return `${vendor}/${id}`;
}

/** Tokens of a prompt as the model itself counts them. */
export async function countTokens(
  model: vscode.LanguageModelChat,
  messages: readonly ChatMessage[],
  token?: vscode.CancellationToken,
): Promise<number> {
  const counts = await Promise.all(messages.map(({ content }) => model.countTokens(content, token)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function ask(
  model: vscode.LanguageModelChat,
  messages: readonly ChatMessage[],
  token: vscode.CancellationToken,
): Promise<CompletionReply> {
  const input = await countTokens(model, messages, token);
  if (input > model.maxInputTokens) throw tooLong(model, input);
  // The editor's models know no message of a system.
  const chat = messages.map(({ content }) => vscode.LanguageModelChatMessage.User(content));
  const response = await model.sendRequest(chat, { justification }, token);
  let text = '';
  for await (const part of response.text) text += part;
  if (text.trim() === '') throw empty(model);
  return { text, form: 'text', tokens: { input, output: await model.countTokens(text, token) } };
}

function asFailure(error: unknown, { name, vendor }: vscode.LanguageModelChat): unknown {
  const code = error instanceof vscode.LanguageModelError ? error.code : '';
  switch (code) {
    case vscode.LanguageModelError.NoPermissions.name:
      return new ProviderFailure(`Chartmark may not use ${name}, because you have not allowed it.`, {
        kind: 'fatal',
        reason: 'no permission',
        mayBeCharged: false,
        nextStep: 'Allow it when the editor asks, or choose another model.',
      });
    case vscode.LanguageModelError.Blocked.name:
      return new ProviderFailure(
        `${name} accepts no more requests now, because the quota of ${vendor} is used up.`,
        {
          kind: 'fatal',
          reason: 'blocked',
          mayBeCharged: false,
          nextStep: 'Wait until it is renewed and resume the run, or choose another model.',
        },
      );
    case vscode.LanguageModelError.NotFound.name:
      return new ProviderFailure(`${name} is no longer available.`, {
        kind: 'fatal',
        reason: 'not found',
        mayBeCharged: false,
        nextStep: 'Choose another model.',
      });
    default:
      return new ProviderFailure(`${name} gave no reply.`, {
        kind: 'broken',
        reason: 'model error',
        mayBeCharged: true,
        nextStep: `Try again later, or look at the log of the extension that provides ${vendor}.`,
      });
  }
}

function tooLong({ name, maxInputTokens }: vscode.LanguageModelChat, tokens: number): ProviderFailure {
  return new ProviderFailure(
    `The prompt has ${tokens} tokens, but ${name} accepts at most ${maxInputTokens}.`,
    {
      kind: 'fatal',
      reason: 'prompt too long',
      mayBeCharged: false,
      nextStep: 'Shorten the guidelines and examples in chartmark.json, or choose another model.',
    },
  );
}

function empty({ name }: vscode.LanguageModelChat): ProviderFailure {
  return new ProviderFailure(`${name} gave an empty reply.`, {
    kind: 'garbled',
    reason: 'empty reply',
    mayBeCharged: true,
    nextStep: 'Try again, or choose another model.',
  });
}
