import type { ReviewFacets, ReviewFilter } from '../../src/runs/review/filterTexts.ts';
import { element } from '../dom.ts';
import { dropdown } from '../ui/dropdown.ts';

const shows = [
  ['accepted', 'Accepted'],
  ['rejected', 'Rejected'],
  ['unreviewed', 'Not reviewed yet'],
  ['reviewed', 'Reviewed'],
] as const;

/** How long typing must pause before texts are searched. */
const restMs = 200;

let made = 0;

/** The menus and fields above the list. `onChange` hears each change of them. */
export function filters(
  { labels, styles, reasons, seeds }: ReviewFacets,
  start: ReviewFilter,
  onChange: (filter: ReviewFilter) => void,
): HTMLElement {
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
      : dropdown({ name, choices, chosen: filter[key], onChange: (value) => change({ [key]: value }) });
  return element(
    'div',
    { class: 'filters', attributes: { role: 'search', 'aria-label': 'Filters' } },
    searchField('Search', filter.search ?? '', [], (search) => change({ search })),
    dropdown({ name: 'Show', choices: shows, chosen: filter.show, onChange: (show) => change({ show }) }),
    menu('Label', 'label', [...named(labels), ['', 'None']]),
    menu('Style', 'style', named(styles)),
    menu('Reason', 'reason', named(reasons)),
    seeds.length === 0
      ? undefined
      : searchField('Topic', filter.seed ?? '', seeds, (seed) => change({ seed })),
  );
}

function named(names: readonly string[]): [string, string][] {
  return names.map((name) => [name, name]);
}

/** A field that searches while one types; `known` texts are offered. */
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
