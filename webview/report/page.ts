import { grouped } from '../../src/foundation/numbers.ts';
import type { Report } from '../../src/evaluation/report.ts';
import { element } from '../dom.ts';
import { tabs } from '../ui/tabs.ts';
import { errors } from './errors.ts';
import { header } from './header.ts';
import { host } from './host.ts';
import type { ReportTab } from './protocol.ts';
import { reading } from './reading.ts';
import { scores } from './scores.ts';
import { summary } from './summary.ts';

/** The whole page for one report, with the tab and the filters that were kept. */
export function page(report: Report): HTMLElement {
  const found = report.errors.length + report.errorsLeftOut;
  const views = tabs<ReportTab>({
    label: 'Report',
    views: [
      ['scores', 'Scores', ...scores(report)],
      ['errors', `Errors (${grouped(found)})`, ...errors(report, host.state, (filter) => host.keep(filter))],
      ['reading', 'How to read this', reading(report)],
    ],
    active: host.state.tab,
    onChange: (tab) => host.keep({ tab }),
  });
  return element('main', {}, header(report), summary(report), views);
}
