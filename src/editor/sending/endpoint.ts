import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';

/** Where an OpenAI-compatible service answers, and which of its models is asked. */
export interface Endpoint {
  /** Undefined for the default address, api.openai.com. */
  readonly baseUrl: string | undefined;
  readonly host: string;
  readonly model: string;
}

const defaultHost = 'api.openai.com';

/**
 * The endpoint in the settings, otherwise in the project. The address in the project of an untrusted workspace is
 * ignored, because it could send requests and a key to any host.
 */
export function endpointOf({ generation }: Project): Endpoint {
  const settings = vscode.workspace.getConfiguration('chartmark.openai');
  const project = vscode.workspace.isTrusted ? generation : undefined;
  const baseUrl = settings.get('baseUrl', '').trim() || project?.baseUrl;
  const model = settings.get('model', '').trim() || generation.model;
  return { baseUrl, host: baseUrl === undefined ? defaultHost : hostOf(baseUrl), model };
}

function hostOf(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  if (url !== null && /^https?:$/.test(url.protocol) && url.host !== '') return url.host;
  throw new UserError('The endpoint address is not a valid URL.', {
    nextStep: 'Correct the setting "chartmark.openai.baseUrl", such as https://api.openai.com/v1.',
  });
}
