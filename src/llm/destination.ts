import { UserError } from '../foundation/userError.ts';
import type { Destination, ModelInfo } from './provider.ts';

/** Where requests to an address go. Only localhost, 127.0.0.1 and [::1] are local. Throws `UserError` when it is no http(s) address. */
export function destinationOf(baseUrl: string): Destination {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UserError('The base URL is no address that begins with http:// or https://.', {
      nextStep: 'Correct it, for example to http://localhost:11434/v1.',
    });
  }
  return { kind: isLoopback(url.hostname) ? 'local' : 'remote', host: url.host };
}

/** Whether requests to an address can be read on their way: they leave this computer by plain http. */
export function isUnencrypted(baseUrl: string): boolean {
  return destinationOf(baseUrl).kind === 'remote' && new URL(baseUrl).protocol === 'http:';
}

/** Where requests of a provider go, in words that come after its name. */
export function describeDestination({
  destination: { kind, host },
  isUnencrypted: isOpen,
}: ModelInfo): string {
  return `${kind}: ${host}${isOpen === true ? ' (http, NOT ENCRYPTED)' : ''}`;
}

/**
 * `URL` has brought IPv4 addresses into their usual form by then ("127.1" is "127.0.0.1"). Other names may mean
 * another computer ("x.localhost"), and of other addresses proxies of the editor may take hold.
 */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '127.0.0.1';
}
