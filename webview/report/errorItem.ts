import type { MarkedText, ReportError } from '../../src/evaluation/report.ts';
import { element, linkButton } from '../dom.ts';
import { host } from './host.ts';
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

function words({ gold, predicted, before, after }: ReportError): HTMLElement {
  const differ = gold !== undefined && predicted !== undefined && gold.text !== predicted.text;
  const marks = differ
    ? [mark('gold', gold), ' ', mark('predicted', predicted)]
    : [mark(gold === undefined ? 'predicted' : 'gold', gold ?? predicted)];
  return element('p', { class: 'words' }, before, ...marks, after);
}

function mark(side: 'gold' | 'predicted', marked: MarkedText | undefined): HTMLElement {
  return element('mark', { class: side }, marked?.text);
}

function verdict({ gold, predicted }: ReportError): HTMLElement {
  const score = predicted?.score === undefined ? '' : ` (${predicted.score.toFixed(2)})`;
  return element(
    'p',
    { class: 'quiet verdict' },
    element('span', {}, `Gold: ${gold?.label ?? 'none'}`),
    element('span', {}, `Predicted: ${predicted?.label ?? 'none'}${score}`),
  );
}
