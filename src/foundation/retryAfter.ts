/**
 * How long a service asks to wait, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds or as an HTTP
 * date (RFC 9110, section 10.2.3). Undefined if it does not say.
 */
export function retryAfterMs(headers: Headers | undefined, now: number = Date.now()): number | undefined {
  const exact = amount(headers?.get('retry-after-ms'));
  if (exact !== undefined) return exact;
  const header = headers?.get('retry-after') ?? undefined;
  const seconds = amount(header);
  if (seconds !== undefined) return seconds * 1000;
  // `Date.parse` accepts almost anything; an HTTP date begins with the day of the week.
  const date = header !== undefined && /^\s*[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function amount(header: string | null | undefined): number | undefined {
  if (header === null || header === undefined || !/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return undefined;
  return Number(header);
}
