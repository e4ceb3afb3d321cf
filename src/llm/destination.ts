import { UserError } from '../foundation/userError.ts';
import type { Destination, ModelInfo } from './provider.ts';

/**
 * Where requests to an address go. Only localhost, 127.0.0.1 and [::1] are local. Throws `UserError` if it is not an
 * http(s) URL.
 */
export function destinationOf(baseUrl: string): Destination {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UserError('The base URL is not a valid http:// or https:// address.', {
      nextStep: 'Correct it, for example to http://localhost:11434/v1.',
    });
  }
  return { kind: isLoopback(url.hostname) ? 'local' : 'remote', host: url.host };
}

/** Whether requests to an address can be read in transit: they leave this computer over plain HTTP. */
export function isUnencrypted(baseUrl: string): boolean {
  return destinationOf(baseUrl).kind === 'remote' && new URL(baseUrl).protocol === 'http:';
}

/** Where a provider's requests go, as text to put after its name. */
export function describeDestination({
  destination: { kind, host },
  isUnencrypted: isOpen,
}: ModelInfo): string {
  return `${kind}: ${host}${isOpen === true ? ' (http, NOT ENCRYPTED)' : ''}`;
}

/**
 * `URL` has already normalised IPv4 addresses ("127.1" is "127.0.0.1"). Other names may belong to another computer
 * ("x.localhost"), and requests to other loopback addresses may go through a proxy set in the editor.
 */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '127.0.0.1';
}
