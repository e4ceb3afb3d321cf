import type { ReviewFacets, ReviewFilter } from '../../src/runs/review/filterTexts.ts';
import { element } from '../dom.ts';
import { filterMenu } from '../filterMenu.ts';

const shows = [
  ['accepted', 'Accepted'],
  ['rejected', 'Rejected'],
  ['unreviewed', 'Not reviewed yet'],
  ['reviewed', 'Reviewed'],
] as const;

/** How long typing must rest before texts are looked for. */
const restMs = 200;

let made = 0;

/** The menus and fields above the list. `onChange` hears each change of them. */
export function filters(
  { labels, styles, reasons, seeds }: ReviewFacets,
  start: ReviewFilter,
  onChange: (filter: ReviewFilter) => void,
): { readonly root: HTMLElement } {
  let filter = start;
  const change = (part: Partial<ReviewFilter>): void => {
    filter = { ...filter, ...part };
    onChange(filter);
  };
  const menu = (
    name: string,
    key: 'label' | 'style' | 'reason',
    choices: readonly (readonly [string, string])[],
  ): HTMLElement | undefined =>
    choices.length === 0
      ? undefined
      : filterMenu(name, choices, filter[key], (value) => change({ [key]: value }));
  return {
    root: element(
      'div',
      { class: 'filters', attributes: { role: 'search', 'aria-label': 'Filters' } },
      searchField('Search', filter.search ?? '', [], (search) => change({ search })),
      filterMenu('Show', shows, filter.show, (show) => change({ show: show as ReviewFilter['show'] })),
      menu('Label', 'label', [...named(labels), ['', 'None']]),
      menu('Style', 'style', named(styles)),
      menu('Reason', 'reason', named(reasons)),
      seeds.length === 0
        ? undefined
        : searchField('Seed', filter.seed ?? '', seeds, (seed) => change({ seed })),
    ),
  };
}

function named(names: readonly string[]): [string, string][] {
  return names.map((name) => [name, name]);
}

/** A field that looks while one types; `known` are offered. */
function searchField(
  name: string,
  value: string,
  known: readonly string[],
  onChange: (text: string) => void,
): HTMLElement {
  const id = `field-${made++}`;
  const options = element(
    'datalist',
    { attributes: { id: `${id}-known` } },
    ...known.map((text) => element('option', { attributes: { value: text } })),
  );
  const input = element('input', {
    class: name.toLowerCase(),
    attributes: { id, type: 'search', value, ...(known.length === 0 ? {} : { list: `${id}-known` }) },
  }) as HTMLInputElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => onChange(input.value), restMs);
  });
  return element(
    'div',
    { class: 'filter' },
    element('label', { attributes: { for: id } }, name),
    input,
    known.length === 0 ? undefined : options,
  );
}
