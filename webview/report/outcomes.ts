import type { Report } from '../../src/evaluation/report.ts';
import { grouped } from '../../src/foundation/numbers.ts';
import { element } from '../dom.ts';
import { errorKinds, isOfRows, kindMeanings, kindNames } from '../../src/evaluation/render/wording.ts';

/** How all mentions divide: one bar, and a list that says the same in words and numbers. */
export function outcomes(report: Report): HTMLElement {
  const { counts } = report;
  const kinds = (['correct', ...errorKinds] as const).filter(
    (kind) => kind !== 'boundary' || !isOfRows(report),
  );
  const stack = element('div', { class: 'stack', attributes: { 'aria-hidden': 'true' } });
  for (const kind of kinds) {
    if (counts[kind] === 0) continue;
    const part = element('span', { class: `part ${kind}` });
    part.style.flexGrow = String(counts[kind]);
    stack.append(part);
  }
  const list = kinds.map((kind) =>
    element(
      'li',
      {},
      element('span', { class: `part swatch ${kind}`, attributes: { 'aria-hidden': 'true' } }),
      element('b', {}, grouped(counts[kind])),
      ` ${kindNames[kind].toLowerCase()}: `,
      element('span', { class: 'quiet' }, kindMeanings[kind]),
    ),
  );
  return element('div', {}, stack, element('ul', { class: 'outcomes' }, ...list));
}
