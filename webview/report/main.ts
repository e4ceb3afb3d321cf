import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDataGrid,
  vsCodeDataGridCell,
  vsCodeDataGridRow,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
} from '@vscode/webview-ui-toolkit';
import type { HostToPageMessage, ReportPageState } from '../protocol.ts';
import { page } from './page.ts';
import { keepState, keptState, post } from './vscodeApi.ts';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDataGrid(),
  vsCodeDataGridCell(),
  vsCodeDataGridRow(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodePanels(),
  vsCodePanelTab(),
  vsCodePanelView(),
);

function receive(message: HostToPageMessage): void {
  const { report, file } = message;
  let state: ReportPageState = { ...keptState(), ...(file === undefined ? {} : { file }) };
  keepState(state);
  const change = (part: Partial<ReportPageState>): void => {
    state = { ...state, ...part };
    keepState(state);
  };
  document.title = report.title;
  document.querySelector('#root')?.replaceChildren(page(report, state, change));
}

window.addEventListener('message', (event: MessageEvent<HostToPageMessage>) => receive(event.data));
post({ type: 'ready' });
