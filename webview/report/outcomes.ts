import { grouped } from '../counts.ts';
import type { Report } from '../../src/evaluation/report.ts';
import { element } from '../dom.ts';
import { errorKinds, kindMeanings, kindNames } from './wording.ts';

/** How all mentions divide: one bar, and a list that says the same in words and numbers. */
export function outcomes({ task, scheme, counts }: Report): HTMLElement {
  const isRows = task === 're' && scheme === 'rows';
  const kinds = (['correct', ...errorKinds] as const).filter((kind) => !isRows || kind !== 'boundary');
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
