import { provideVSCodeDesignSystem, vsCodeDropdown, vsCodeOption } from '@vscode/webview-ui-toolkit';
import { element } from '../dom.ts';

provideVSCodeDesignSystem().register(vsCodeDropdown(), vsCodeOption());

let made = 0;

interface Dropdown<V extends string> {
  readonly name: string;
  readonly choices: readonly (readonly [value: V, text: string])[];
  /** Undefined stands for "All". */
  readonly chosen: V | undefined;
  readonly onChange: (value: V | undefined) => void;
}

/** A named menu of the choices with "All" before them. */
export function dropdown<V extends string>({ name, choices, chosen, onChange }: Dropdown<V>): HTMLElement {
  const id = `filter-${made++}`;
  // Choices are known by position, so that no value can be mistaken for "All".
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
