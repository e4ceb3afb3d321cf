/** What a service answered is larger than any reply can be. */
export class AnswerTooLarge extends Error {}

/**
 * `fetch` that reads the whole answer at once, so that the signal's time limit holds for its body too, and
 * stops at `mostBytes`. Throws `AnswerTooLarge`.
 */
export function boundedFetch(mostBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { status, statusText } = response;
    const headers = new Headers(response.headers);
    // They tell of the body as it was sent; it is unpacked by now.
    headers.delete('content-encoding');
    headers.delete('content-length');
    if (response.body === null) return new Response(null, { status, statusText, headers });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new AnswerTooLarge();
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status, statusText, headers });
  };
}
