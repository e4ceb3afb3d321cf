import type { Report } from '../../src/evaluation/report.ts';
import type { ExportFormat } from '../protocol.ts';
import { element, heading, linkButton } from '../dom.ts';
import { post } from './vscodeApi.ts';
import { dateOf, settingOf } from './wording.ts';

/** Title, what was scored from which files, and what can be done with the report. */
export function header(report: Report): HTMLElement {
  const task = report.task === 'ner' ? 'Entity recognition' : 'Relation extraction';
  return element(
    'header',
    {},
    element(
      'div',
      { class: 'title' },
      heading(1, report.title),
      element('p', { class: 'quiet' }, `${task}, ${settingOf(report)}. ${dateOf(report.created)}.`),
      sources('Gold data', report.sources.gold),
      sources('Predictions', report.sources.predicted),
    ),
    element(
      'div',
      { class: 'actions', attributes: { role: 'group', 'aria-label': 'Export the report' } },
      exportButton('HTML', 'html'),
      exportButton('Markdown', 'markdown'),
      exportButton('CSV', 'csv'),
      button('Copy', 'Copy the report as Markdown', () => post({ type: 'copyReport' })),
    ),
  );
}

function sources(name: string, files: readonly string[]): HTMLElement | undefined {
  if (files.length === 0) return undefined;
  const links = files.map((file) =>
    linkButton(file, `Open ${file}`, () => post({ type: 'openSource', file })),
  );
  return element('p', { class: 'quiet sources' }, `${name}: `, ...links);
}

function exportButton(text: string, format: ExportFormat): HTMLElement {
  return button(text, `Save the report as ${text}`, () => post({ type: 'exportReport', format }));
}

function button(text: string, label: string, onClick: () => void): HTMLElement {
  const attributes = { appearance: 'secondary', 'aria-label': label, title: label };
  return element('vscode-button', { attributes, onClick }, text);
}
