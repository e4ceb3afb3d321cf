import * as vscode from 'vscode';
import { CancelledError } from '../../foundation/userError.ts';
import { isApiKey } from '../../llm/openai/readApiKey.ts';
import { askText } from '../ask.ts';
import { endpointOf } from './endpoint.ts';
import { offer } from '../offer.ts';
import type { Services } from '../services.ts';

/**
 * `chartmark.setApiKey` and `chartmark.clearApiKey`. A key belongs to the host it was given for: a
 * workspace that names another host never gets it.
 */
export function registerApiKey(services: Services): vscode.Disposable {
  const { log, secrets, projects } = services;
  return vscode.Disposable.from(
    services.commands.register('chartmark.setApiKey', async () => {
      const { host } = endpointOf(projects.current());
      await askApiKey(secrets, host);
      offer(log, 'info', `The API key for ${host} was stored in the editor's secret storage.`, []);
    }),
    services.commands.register('chartmark.clearApiKey', async () => {
      const { host } = endpointOf(projects.current());
      const was = await secrets.get(secretName(host));
      await secrets.delete(secretName(host));
      const message =
        was === undefined ? `There was no API key for ${host}.` : `The API key for ${host} was deleted.`;
      offer(log, 'info', message, []);
    }),
  );
}

/** The key for `host`, asked for when there is none yet. Throws `CancelledError` when it is not given. */
export async function requireApiKey(secrets: vscode.SecretStorage, host: string): Promise<string> {
  return (await secrets.get(secretName(host))) ?? askApiKey(secrets, host);
}

async function askApiKey(secrets: vscode.SecretStorage, host: string): Promise<string> {
  const key = await askText({
    title: 'Set API Key',
    prompt: `API key for ${host}. It is stored in the editor's secret storage and sent only to this host.`,
    value: '',
    password: true,
    check: (text) =>
      isApiKey(text.trim())
        ? undefined
        : {
            severity: 'error',
            message: 'Enter the key without spaces or quotes. It consists of ASCII characters.',
          },
  });
  if (key === '') throw new CancelledError();
  await secrets.store(secretName(host), key);
  return key;
}

function secretName(host: string): string {
  return `chartmark.apiKey ${host}`;
}
