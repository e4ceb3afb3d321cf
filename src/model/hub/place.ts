import { UserError } from '../../foundation/userError.ts';

/** The hub that is used if no other is given. */
export const defaultEndpoint = 'https://huggingface.co';

/** A model on a hub. */
export interface HubPlace {
  /** Without a trailing slash. */
  readonly endpoint: string;
  /** `organisation/name`, or only a name. */
  readonly id: string;
  /** A branch, tag or commit. */
  readonly revision: string;
}

export interface HubAccess {
  readonly signal?: AbortSignal | undefined;
  /** Sent to the hub's own host only, never logged. */
  readonly token?: string | undefined;
  /** Milliseconds before the second attempt; each further one waits twice as long. */
  readonly retryDelay?: number | undefined;
  /** An attempt ends after this many milliseconds without a byte. */
  readonly patience?: number | undefined;
}

/** Checks what a person typed. Throws `UserError`. */
export function hubPlace(
  id: string,
  {
    endpoint = defaultEndpoint,
    revision = 'main',
  }: { readonly endpoint?: string; readonly revision?: string } = {},
): HubPlace {
  if (!isModelId(id)) {
    throw new UserError(`"${id}" is not a valid model name.`, {
      nextStep: 'Use the name on the page of the model, such as FacebookAI/roberta-base.',
    });
  }
  if (!/^[\w./-]+$/.test(revision) || revision.split('/').includes('..')) {
    throw new UserError(`"${revision}" is not a valid revision.`, {
      nextStep: 'Give a branch, a tag or a commit.',
    });
  }
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '') {
    throw new UserError('The address of the hub must be http or https, without a user name or a query.', {
      nextStep: `Use an address such as ${defaultEndpoint}.`,
    });
  }
  return { endpoint: url.href.replace(/\/+$/, ''), id, revision };
}

/** Whether a model can have this id: letters, digits, `.`, `_`, `-`, and one slash at most. */
export function isModelId(id: string): boolean {
  return /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)?$/.test(id) && !id.includes('..');
}

/** The folder name for a downloaded model: its id without the organisation. */
export function folderName(id: string): string {
  return id.split('/').at(-1) as string;
}

/** The hub's host, for messages. */
export function hostOf({ endpoint }: HubPlace): string {
  return new URL(endpoint).host;
}
