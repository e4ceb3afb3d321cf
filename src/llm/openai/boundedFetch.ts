/** The service's answer is larger than any reply can be. */
export class AnswerTooLarge extends Error {}

/**
 * A `fetch` that reads the whole answer at once, so that the signal's time limit applies to the body too. Throws
 * `AnswerTooLarge` if the body has more than `mostBytes`.
 */
export function boundedFetch(mostBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { status, statusText } = response;
    const headers = new Headers(response.headers);
    // They describe the body as it was sent; by now it is decompressed.
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
