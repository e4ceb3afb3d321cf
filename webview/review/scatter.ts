import { element } from '../dom.ts';
import { scale, svg } from '../svg.ts';
import type { ReviewMap } from './protocol.ts';

const width = 760;
const height = 460;
const inset = 16;
const longestTitle = 160;

/** The plane with a dot for each sentence: round ones are synthetic, crosses are the user's own. */
export function scatter({ synthetic, own, texts, gap }: ReviewMap): HTMLElement {
  const places = [...synthetic, ...own];
  const across = scale(rangeOf(places.filter((_, i) => i % 2 === 0)), inset, width - inset);
  const up = scale(rangeOf(places.filter((_, i) => i % 2 === 1)), height - inset, inset);
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label':
      `Map of ${texts.synthetic.length} synthetic and ${texts.own.length} own sentences. ` +
      `The nearest neighbour of ${Math.round(gap.toldApart * 100)}% of them is of the same kind.`,
  });
  const dot = (kind: 'synthetic' | 'own', values: readonly number[], index: number): SVGElement => {
    const x = across(values[index * 2] ?? 0);
    const y = up(values[index * 2 + 1] ?? 0);
    const text = texts[kind][index] ?? '';
    const title = svg('title', {}, text.length > longestTitle ? `${text.slice(0, longestTitle)}...` : text);
    return kind === 'synthetic'
      ? svg('circle', { class: kind, cx: x.toFixed(1), cy: y.toFixed(1), r: 3 }, title)
      : svg('path', { class: kind, d: `M${(x - 3).toFixed(1)} ${(y - 3).toFixed(1)}l6 6m0 -6l-6 6` }, title);
  };
  // One of each in turn, so that neither kind covers the other.
  for (let index = 0; index < Math.max(texts.synthetic.length, texts.own.length); index++) {
    if (index < texts.synthetic.length) chart.append(dot('synthetic', synthetic, index));
    if (index < texts.own.length) chart.append(dot('own', own, index));
  }
  return element('div', { class: 'chart map' }, chart);
}

/** The ends of some values, which are never the same. */
function rangeOf(values: readonly number[]): { readonly min: number; readonly max: number } {
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return { min, max: max > min ? max : min + 1 };
}
