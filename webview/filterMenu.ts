import { element } from './dom.ts';

let made = 0;

/**
 * A named drop-down of [value, text] choices with "All" before them, which stands for undefined.
 * Choices are known by position, so that no label can be mistaken for "All".
 */
export function filterMenu(
  name: string,
  choices: readonly (readonly [value: string, text: string])[],
  chosen: string | undefined,
  onChange: (value: string | undefined) => void,
): HTMLElement {
  const id = `filter-${made++}`;
  const options = [
    element('vscode-option', { attributes: { value: '-1' } }, 'All'),
    ...choices.map(([, text], i) => element('vscode-option', { attributes: { value: String(i) } }, text)),
  ];
  const selected = chosen === undefined ? 0 : choices.findIndex(([value]) => value === chosen) + 1;
  options[selected]?.setAttribute('selected', '');
  const menu = element('vscode-dropdown', { attributes: { 'aria-labelledby': id } }, ...options);
  menu.addEventListener('change', () => {
    const { value } = menu as HTMLElement & { readonly value: string };
    onChange(choices[Number(value)]?.[0]);
  });
  return element('div', { class: 'filter' }, element('span', { attributes: { id } }, name), menu);
}
