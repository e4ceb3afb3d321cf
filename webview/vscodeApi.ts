import type { HostToPage, PageProtocol, PageToHost } from './protocol.ts';
import { pageRequests } from './requests.ts';

interface VsCodeApi<P extends PageProtocol> {
  readonly postMessage: (message: PageToHost<P>) => void;
  readonly getState: () => P['state'] | undefined;
  readonly setState: (state: P['state']) => void;
}

/** Put into the page by VS Code; may be called once only. */
declare function acquireVsCodeApi<P extends PageProtocol>(): VsCodeApi<P>;

/** Connects the page with the host; to be called once. `start` is the state of a page that kept none. */
export function connect<P extends PageProtocol>(start: P['state']) {
  const { postMessage, getState, setState } = acquireVsCodeApi<P>();
  const { request, settle } = pageRequests<P>(postMessage);
  let state = getState() ?? start;
  return {
    post: (message: P['message']): void => postMessage(message),
    request,
    /** It outlives a reload of the page. */
    get state(): P['state'] {
      return state;
    },
    keep(change: Partial<P['state']>): void {
      state = { ...state, ...change };
      setState(state);
    },
    /** Tells the host that the page is ready. `show` draws what it has to show, now and after each change. */
    listen(show: (content: P['content']) => void): void {
      window.addEventListener('message', ({ data }: MessageEvent<HostToPage<P>>) => {
        if (data.type === 'reply') settle(data);
        else show(data.content);
      });
      postMessage({ type: 'ready' });
    },
  };
}
