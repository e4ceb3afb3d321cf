import { grouped } from '../counts.ts';
import type { Report } from '../../src/evaluation/report.ts';
import type { ReportPageState, ReportTab } from '../protocol.ts';
import { element } from '../dom.ts';
import { errors } from './errors.ts';
import { header } from './header.ts';
import { reading } from './reading.ts';
import { scores } from './scores.ts';
import { summary } from './summary.ts';

/** The whole page for one report. `onChange` hears what the reader changes in the view. */
export function page(
  report: Report,
  state: ReportPageState,
  onChange: (change: Partial<ReportPageState>) => void,
): HTMLElement {
  const found = report.errors.length + report.errorsLeftOut;
  const views: readonly (readonly [tab: ReportTab, title: string, view: HTMLElement])[] = [
    ['scores', 'Scores', scores(report)],
    ['errors', `Errors (${grouped(found)})`, errors(report, state, onChange)],
    ['reading', 'How to read this', reading(report)],
  ];
  const attributes = { activeid: `tab-${state.tab}`, 'aria-label': 'Report' };
  const panels = element(
    'vscode-panels',
    { attributes },
    ...views.map(([tab, title]) => element('vscode-panel-tab', { attributes: { id: `tab-${tab}` } }, title)),
    ...views.map(([tab, , view]) =>
      element('vscode-panel-view', { attributes: { id: `view-${tab}` } }, view),
    ),
  );
  panels.addEventListener('change', (event) => {
    // Menus inside the panels send events of the same name, which bubble up to here.
    if (event.target !== panels) return;
    const { id } = (event as CustomEvent<Element>).detail;
    const tab = views.find(([name]) => `tab-${name}` === id)?.[0];
    if (tab !== undefined) onChange({ tab });
  });
  return element('main', {}, header(report), summary(report), panels);
}
