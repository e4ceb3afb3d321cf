import type { Report } from '../../src/evaluation/report.ts';
import { cssPercent, grouped, percent } from '../../src/foundation/numbers.ts';
import { card, element, quiet } from '../dom.ts';
import { hasInterval, intervalSentence, rowMeasures } from '../../src/evaluation/render/wording.ts';

/** The figures to see first, micro F1 with its interval before all. */
export function summary(report: Report): HTMLElement {
  const { micro, macro } = report;
  const cards = [
    card(
      'Precision',
      percent(micro.precision),
      `${grouped(micro.correct)} of ${grouped(micro.predicted)} predicted are right`,
    ),
    card(
      'Recall',
      percent(micro.recall),
      `${grouped(micro.correct)} of ${grouped(micro.support)} in the gold data were found`,
    ),
    card('Macro F1', percent(macro.f1), 'the plain mean over the types'),
    ...rowMeasures(report).map((measure) => card(...measure)),
  ];
  const comparison = comparisonCard(report);
  return element(
    'section',
    { class: 'summary', attributes: { 'aria-label': 'Summary' } },
    element(
      'div',
      { class: 'card main' },
      element('h2', {}, 'Micro F1'),
      element('p', { class: 'figure' }, percent(micro.f1)),
      track(report),
      quiet(intervalSentence(report)),
    ),
    ...cards,
    comparison,
    ...(report.notes ?? []).map((note) => quiet(`Note: ${note}`)),
  );
}

function comparisonCard({ comparison }: Report): HTMLElement | undefined {
  if (comparison === undefined) return undefined;
  const { difference, p, name = 'the second prediction', second } = comparison;
  const points = `${difference > 0 ? '+' : ''}${(difference * 100).toFixed(1)} points`;
  const verdict = p < 0.05 ? 'more than chance would explain' : 'chance may explain it';
  return card(
    `Against ${name}`,
    points,
    `micro F1 ${percent(second.f1)} there: ${verdict}, p = ${p.toFixed(4)}`,
  );
}

/** The interval on a scale from 0 to 100%; the sentence under it says the same. */
function track(report: Report): HTMLElement {
  const point = element('span', { class: 'point' });
  point.style.left = cssPercent(report.micro.f1);
  const scale = element('div', { class: 'track', attributes: { 'aria-hidden': 'true' } });
  if (hasInterval(report)) {
    const [low, high] = report.interval.f1;
    const band = element('span', { class: 'band' });
    band.style.left = cssPercent(low);
    band.style.width = cssPercent(high - low);
    scale.append(band);
  }
  scale.append(point);
  return scale;
}
