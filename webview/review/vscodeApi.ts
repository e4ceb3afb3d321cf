import type { ReviewPageState, ReviewPageToHostMessage } from './protocol.ts';

interface VsCodeApi {
  readonly postMessage: (message: ReviewPageToHostMessage) => void;
  readonly getState: () => ReviewPageState | undefined;
  readonly setState: (state: ReviewPageState) => void;
}

/** Put into the page by VS Code; may be called once only. */
declare function acquireVsCodeApi(): VsCodeApi;

const { postMessage, getState, setState } = acquireVsCodeApi();

export function post(message: ReviewPageToHostMessage): void {
  postMessage(message);
}

let state: ReviewPageState = getState() ?? { filter: {}, from: 0, tab: 'texts' };

/** What is kept while the panel is hidden. */
export function keptState(): ReviewPageState {
  return state;
}

export function keepState(part: Partial<ReviewPageState>): void {
  state = { ...state, ...part };
  setState(state);
}
