import {
  provideVSCodeDesignSystem,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
} from '@vscode/webview-ui-toolkit';
import { element } from '../dom.ts';

provideVSCodeDesignSystem().register(vsCodePanels(), vsCodePanelTab(), vsCodePanelView());

interface Tabs<T extends string> {
  readonly label: string;
  readonly views: readonly (readonly [tab: T, title: string, ...view: HTMLElement[]])[];
  /** The tab that is open at first. */
  readonly active: T;
  readonly onChange: (tab: T) => void;
}

/** Views behind a row of tabs. */
export function tabs<T extends string>({ label, views, active, onChange }: Tabs<T>): HTMLElement {
  const made = element(
    'vscode-panels',
    { attributes: { activeid: `tab-${active}`, 'aria-label': label } },
    ...views.map(([tab, title]) => element('vscode-panel-tab', { attributes: { id: `tab-${tab}` } }, title)),
    ...views.map(([tab, , ...view]) =>
      element(
        'vscode-panel-view',
        { attributes: { id: `view-${tab}` } },
        element('div', { class: 'view' }, ...view),
      ),
    ),
  );
  made.addEventListener('change', (event) => {
    // Menus inside the views send events of the same name, which bubble up to here.
    if (event.target !== made) return;
    const { id } = (event as CustomEvent<Element>).detail;
    const tab = views.find(([name]) => `tab-${name}` === id)?.[0];
    if (tab !== undefined) onChange(tab);
  });
  return made;
}
