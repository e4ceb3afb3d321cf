import type { PageToHostMessage, ReportPageState } from '../protocol.ts';

interface VsCodeApi {
  readonly postMessage: (message: PageToHostMessage) => void;
  readonly getState: () => ReportPageState | undefined;
  readonly setState: (state: ReportPageState) => void;
}

/** Put into the page by VS Code; may be called once only. */
declare function acquireVsCodeApi(): VsCodeApi;

const { postMessage, getState, setState } = acquireVsCodeApi();

export function post(message: PageToHostMessage): void {
  postMessage(message);
}

/** The state kept while the panel is hidden and over a window reload. */
export function keptState(): ReportPageState {
  return getState() ?? { tab: 'scores' };
}

export function keepState(state: ReportPageState): void {
  setState(state);
}
