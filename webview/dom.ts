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

export function heading(level: 1 | 2 | 3, text: string): HTMLElement {
  return element(`h${level}`, {}, text);
}
