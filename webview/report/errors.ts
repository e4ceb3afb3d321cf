import type { Report, ReportError } from '../../src/evaluation/report.ts';
import { counted, grouped } from '../../src/foundation/numbers.ts';
import { element } from '../dom.ts';
import { button } from '../ui/button.ts';
import { dropdown } from '../ui/dropdown.ts';
import { errorItem } from './errorItem.ts';
import type { ReportPageState } from './protocol.ts';
import { errorKinds, kindNames } from '../../src/evaluation/render/wording.ts';

/** How many errors are drawn at first and by each press of the button below them. */
const pageSize = 100;

type Filter = Pick<ReportPageState, 'kind' | 'label'>;

/** The list of errors with its two filters. `onFilter` hears each change of them. */
export function errors(report: Report, start: Filter, onFilter: (filter: Filter) => void): HTMLElement[] {
  if (report.errors.length === 0) {
    return [element('p', {}, 'No errors: the predictions match the gold data.')];
  }
  const labels = [...new Set(report.errors.flatMap(labelsOf))].sort();
  const status = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const list = element('ol', { class: 'errors', attributes: { 'aria-label': 'Errors' } });
  const more = button({ text: 'Show more', onClick: () => showMore() });
  // The state may come from an older report that had other labels.
  let filter: Filter =
    start.label !== undefined && !labels.includes(start.label) ? { ...start, label: undefined } : start;
  let limit = pageSize;

  const draw = (): void => {
    const found = report.errors.filter((error) => matches(error, filter));
    list.replaceChildren(...found.slice(0, limit).map(errorItem));
    status.textContent = statusText(report, found.length);
    more.hidden = found.length <= limit;
  };
  const change = (next: Filter): void => {
    filter = next;
    limit = pageSize;
    draw();
    onFilter(filter);
  };
  const showMore = (): void => {
    const firstNew = limit;
    limit += pageSize;
    draw();
    list.children[firstNew]?.querySelector('button')?.focus();
  };
  list.addEventListener('keydown', moveByArrow);
  draw();
  return [
    element(
      'div',
      { class: 'filters' },
      dropdown({
        name: 'Kind',
        choices: errorKinds.map((kind) => [kind, kindNames[kind]]),
        chosen: filter.kind,
        onChange: (kind) => change({ ...filter, kind }),
      }),
      dropdown({
        name: 'Type',
        choices: labels.map((label) => [label, label]),
        chosen: filter.label,
        onChange: (label) => change({ ...filter, label }),
      }),
      status,
    ),
    list,
    more,
  ];
}

function labelsOf({ gold, predicted }: ReportError): string[] {
  return [gold?.label, predicted?.label].filter((label) => label !== undefined);
}

function matches(error: ReportError, { kind, label }: Filter): boolean {
  return (
    (kind === undefined || error.kind === kind) && (label === undefined || labelsOf(error).includes(label))
  );
}

function statusText({ errors: all, errorsLeftOut }: Report, found: number): string {
  const shown =
    found === all.length ? counted(found, 'error') : `${grouped(found)} of ${counted(all.length, 'error')}`;
  return errorsLeftOut === 0 ? shown : `${shown}; the report leaves out ${grouped(errorsLeftOut)} more`;
}

/** Up and Down lead from one error's button to the next. */
function moveByArrow(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const item = (event.target as Element).closest('li');
  if (step === undefined || item === null) return;
  const next = step === 1 ? item.nextElementSibling : item.previousElementSibling;
  next?.querySelector('button')?.focus();
  event.preventDefault();
}
