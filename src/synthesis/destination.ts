import { UserError } from '../foundation/userError.ts';
import type { Destination } from './provider.ts';

/** Where requests to an address go. Only loopback is local. Throws `UserError` when it is no http(s) address. */
export function destinationOf(baseUrl: string): Destination {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UserError('The base URL is no address that begins with http:// or https://.', {
      nextStep: 'Correct it, for example to http://localhost:11434/v1.',
    });
  }
  return { kind: isLoopback(url.hostname) ? 'local' : 'remote', host: url.host };
}

/** `URL` has brought IPv4 addresses into their usual form by then ("127.1" is "127.0.0.1"). */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
