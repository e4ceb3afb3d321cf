import type { ReportError } from '../../src/evaluation/report.ts';
import { element, linkButton } from '../dom.ts';
import { host } from './host.ts';
import { markedParts } from '../../src/evaluation/render/overlap.ts';
import { kindNames, placeOf } from '../../src/evaluation/render/wording.ts';

/** One error: its kind, the words in their context, both labels, and a way to the text. */
export function errorItem(error: ReportError): HTMLElement {
  const { kind, document, line, start, end } = error;
  const place = placeOf(error);
  const open = linkButton(place, `Open ${place}`, () =>
    host.post({ type: 'openLocation', document, line, start, end }),
  );
  return element(
    'li',
    { class: kind },
    element('span', { class: 'kind' }, kindNames[kind]),
    element('div', {}, words(error), verdict(error)),
    open,
  );
}

/** Each word once: what both sides marked has the marks of both. */
function words(error: ReportError): HTMLElement {
  const marks = markedParts(error).map(({ text, gold, predicted }) =>
    element('mark', { class: [gold ? 'gold' : '', predicted ? 'predicted' : ''].join(' ').trim() }, text),
  );
  return element('p', { class: 'words' }, error.before, ...marks, error.after);
}

function verdict({ gold, predicted }: ReportError): HTMLElement {
  const score = predicted?.score === undefined ? '' : ` (${predicted.score.toFixed(2)})`;
  return element(
    'p',
    { class: 'quiet verdict' },
    element('span', { class: 'side gold' }, `Gold: ${gold?.label ?? 'none'}`),
    element('span', { class: 'side predicted' }, `Predicted: ${predicted?.label ?? 'none'}${score}`),
  );
}
