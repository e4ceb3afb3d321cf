import * as vscode from 'vscode';
import { UserError } from '../../foundation/userError.ts';
import type { Project } from '../../project/project.ts';

/** Where an OpenAI-compatible service answers, and which of its models is asked. */
export interface Endpoint {
  /** Nothing means the service's own default. */
  readonly baseUrl: string | undefined;
  readonly host: string;
  readonly model: string;
}

const defaultHost = 'api.openai.com';

/**
 * The endpoint that the settings name, then the project. A workspace that is not trusted names none: its
 * files could send requests, and a key, to a host of its own.
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
