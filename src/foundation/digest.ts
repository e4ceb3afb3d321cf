import { hash } from 'node:crypto';

/** A fingerprint that tells settings and prompts apart: 16 hexadecimal digits of the SHA-256 of the value as JSON. */
export function digest(value: unknown): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 16);
}
