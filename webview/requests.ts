import type { PageProtocol, PageToHost, Reply, ReplyMessage, RequestMessage } from './protocol.ts';

interface Requests<P extends PageProtocol> {
  /** Sends a request. Gives the reply, or undefined if the request failed, which the host has shown. */
  readonly request: <M extends RequestMessage<P>>(message: M) => Promise<Reply<P, M['type']> | undefined>;
  /** Takes in a reply; one that nobody waits for is ignored. */
  readonly settle: (reply: ReplyMessage) => void;
}

/** Pairs the requests of a page with the replies of the host, which may come in any order. */
export function pageRequests<P extends PageProtocol>(post: (message: PageToHost<P>) => void): Requests<P> {
  const waiting = new Map<number, (reply: unknown) => void>();
  // A reply may come after the page was reloaded: no number is used again.
  let last = Date.now();
  return {
    request(message) {
      const request = ++last;
      return new Promise((resolve) => {
        waiting.set(request, resolve as (reply: unknown) => void);
        post({ ...message, request });
      });
    },
    settle({ request, reply }) {
      waiting.get(request)?.(reply);
      waiting.delete(request);
    },
  };
}
