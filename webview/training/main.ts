import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import type { HostToTrainingPageMessage, TrainingPageToHostMessage } from '../protocol.ts';
import { trainingPage } from './page.ts';

/** Put into the page by VS Code; may be called once only. */
declare function acquireVsCodeApi(): { readonly postMessage: (message: TrainingPageToHostMessage) => void };

provideVSCodeDesignSystem().register(vsCodeButton());

const { postMessage } = acquireVsCodeApi();
const page = trainingPage((action) => postMessage({ type: 'act', action }));

window.addEventListener('message', ({ data: { training } }: MessageEvent<HostToTrainingPageMessage>) => {
  const { root } = page;
  // Curves are as wide as their place, which they have once they are in the page.
  if (!root.isConnected) document.querySelector('#root')?.replaceChildren(root);
  document.title = training.title;
  page.show(training);
});
postMessage({ type: 'ready' });
