import { UserError } from '../../foundation/userError.ts';

/** The hub that is asked when no other is named. */
export const defaultEndpoint = 'https://huggingface.co';

/** A model on a hub. */
export interface HubPlace {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** `organisation/name`, or a bare name. */
  readonly id: string;
  /** A branch, tag or commit. */
  readonly revision: string;
}

/** How to reach a hub. */
export interface HubAccess {
  readonly signal?: AbortSignal | undefined;
  /** Sent to the hub's own host only, never logged. */
  readonly token?: string | undefined;
  /** Milliseconds before the second attempt; each further one waits twice as long. */
  readonly retryDelay?: number | undefined;
  /** Milliseconds without a byte after which an attempt is given up. */
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
    throw new UserError(`"${id}" is no name of a model on a hub.`, {
      nextStep: 'Name it as its page does, such as FacebookAI/roberta-base.',
    });
  }
  if (!/^[\w./-]+$/.test(revision) || revision.split('/').includes('..')) {
    throw new UserError(`"${revision}" is no revision.`, { nextStep: 'Name a branch, a tag or a commit.' });
  }
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '') {
    throw new UserError('The address of the hub must be http or https, without a user name or a query.', {
      nextStep: `Give one such as ${defaultEndpoint}.`,
    });
  }
  return { endpoint: url.href.replace(/\/+$/, ''), id, revision };
}

/** Whether this can be the id of a model: letters, digits, `.`, `_`, `-`, and one slash at most. */
export function isModelId(id: string): boolean {
  return /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)?$/.test(id) && !id.includes('..');
}

/** The name of the folder a model goes into: the id without its organisation. */
export function folderName(id: string): string {
  return id.split('/').at(-1) as string;
}

/** For people: where the bytes come from. */
export function hostOf({ endpoint }: HubPlace): string {
  return new URL(endpoint).host;
}
