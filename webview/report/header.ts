import type { Report } from '../../src/evaluation/report.ts';
import { element, linkButton, quiet } from '../dom.ts';
import { button } from '../ui/button.ts';
import { host } from './host.ts';
import type { ExportFormat } from './protocol.ts';
import { dateOf, settingOf } from '../../src/evaluation/render/wording.ts';

/** Title, what was scored from which files, and what can be done with the report. */
export function header(report: Report): HTMLElement {
  const task = report.task === 'ner' ? 'Entity recognition' : 'Relation extraction';
  return element(
    'header',
    {},
    element(
      'div',
      { class: 'title' },
      element('h1', {}, report.title),
      quiet(`${task}, ${settingOf(report)}. ${dateOf(report.created)}.`),
      sources('Gold data', report.sources.gold),
      sources('Predictions', report.sources.predicted),
    ),
    element(
      'div',
      { class: 'actions', attributes: { role: 'group', 'aria-label': 'Export the report' } },
      exportButton('HTML', 'html'),
      exportButton('Markdown', 'markdown'),
      exportButton('CSV', 'csv'),
      button({
        text: 'Copy',
        label: 'Copy the report as Markdown',
        onClick: () => host.post({ type: 'copyReport' }),
      }),
    ),
  );
}

function sources(name: string, files: readonly string[]): HTMLElement | undefined {
  if (files.length === 0) return undefined;
  const links = files.map((file) =>
    linkButton(file, `Open ${file}`, () => host.post({ type: 'openSource', file })),
  );
  return element('p', { class: 'quiet sources' }, `${name}: `, ...links);
}

function exportButton(text: string, format: ExportFormat): HTMLElement {
  const label = `Save the report as ${text}`;
  return button({ text, label, onClick: () => host.post({ type: 'exportReport', format }) });
}
