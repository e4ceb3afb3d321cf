import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
} from '@vscode/webview-ui-toolkit';
import { reviewPage, type ReviewPage } from './page.ts';
import type { HostToReviewPageMessage } from './protocol.ts';
import { post } from './vscodeApi.ts';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodePanels(),
  vsCodePanelTab(),
  vsCodePanelView(),
);

let page: ReviewPage | undefined;

window.addEventListener('message', ({ data }: MessageEvent<HostToReviewPageMessage>) => {
  if (data.type === 'showRun') {
    page = reviewPage(data);
    document.title = data.title;
    document.querySelector('#root')?.replaceChildren(page.root);
    page.begin();
  } else {
    page?.take(data);
  }
});
post({ type: 'ready' });
