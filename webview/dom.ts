type Child = Node | string | undefined;

interface Properties {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** Makes an element. Strings become text nodes, so text from documents never is markup. */
export function element(
  tag: string,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElement {
  const made = document.createElement(tag);
  if (properties.class !== undefined) made.className = properties.class;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) made.setAttribute(name, value);
  if (properties.onClick !== undefined) made.addEventListener('click', properties.onClick);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A plain button that looks like a link: it acts in the editor and leads to no address. */
export function linkButton(text: string, label: string, onClick: () => void): HTMLElement {
  return element(
    'button',
    { class: 'link', attributes: { type: 'button', 'aria-label': label }, onClick },
    text,
  );
}

export function quiet(text: string): HTMLElement {
  return element('p', { class: 'quiet' }, text);
}

/** A part of a page with its heading. */
export function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...children);
}

/** A figure with its name and a note on it. */
export function card(name: string, figure: string, note?: string): HTMLElement {
  return element(
    'div',
    { class: 'card' },
    element('h2', {}, name),
    element('p', { class: 'figure' }, figure),
    note === undefined ? undefined : quiet(note),
  );
}

interface TableRow {
  readonly class?: string;
  /** The first one is the header of the row. */
  readonly cells: readonly string[];
}

export function table(name: string, columns: readonly string[], rows: readonly TableRow[]): HTMLElement {
  const header = columns.map((title) => element('th', { attributes: { scope: 'col' } }, title));
  const body = rows.map(({ cells: [first, ...rest], ...properties }) =>
    element(
      'tr',
      properties,
      element('th', { attributes: { scope: 'row' } }, first),
      ...rest.map((cell) => element('td', {}, cell)),
    ),
  );
  return element(
    'table',
    { attributes: { 'aria-label': name } },
    element('thead', {}, element('tr', {}, ...header)),
    element('tbody', {}, ...body),
  );
}
