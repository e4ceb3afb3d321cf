import { element } from '../dom.ts';
import { lookOf } from './markedText.ts';
import type { LabelLook } from './protocol.ts';

interface LabelMenu {
  /** Where on the page it opens: below this box. */
  readonly below: DOMRect;
  readonly words: string;
  readonly looks: readonly LabelLook[];
  /** The label that the words have; undefined if they have none. */
  readonly current: string | undefined;
  /** Hears the choice: undefined takes the label away. */
  readonly onChoose: (label: string | undefined) => void;
  readonly onClose: () => void;
}

/** Opens the menu that gives words a label or takes it away. Arrow keys move, Escape and leaving it close it. */
export function openLabelMenu(
  parent: HTMLElement,
  { below, words, looks, current, onChoose, onClose }: LabelMenu,
): void {
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    root.remove();
  };
  const item = (text: string, label: string | undefined): HTMLElement => {
    const made = element(
      'button',
      {
        class: 'choice',
        attributes: { type: 'button', role: 'menuitemradio', 'aria-checked': String(label === current) },
        onClick: () => {
          close();
          onChoose(label);
        },
      },
      text,
    );
    made.tabIndex = -1;
    if (label !== undefined) lookOf(made, label, looks);
    return made;
  };
  const items = [
    ...looks.map(({ label }) => item(label, label)),
    ...(current === undefined ? [] : [item('No label', undefined)]),
  ];
  const root = element(
    'div',
    { class: 'label-menu', attributes: { role: 'menu', 'aria-label': `Label of ${words}` } },
    ...items,
  );
  const move = (step: number): void => {
    const at = items.findIndex((choice) => choice === document.activeElement);
    items[(at + step + items.length) % items.length]?.focus();
  };
  root.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => items[0]?.focus(),
      End: () => items.at(-1)?.focus(),
      Escape: () => {
        close();
        onClose();
      },
      Tab: () => {
        close();
        onClose();
      },
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !root.contains(relatedTarget)) close();
  });
  const box = parent.getBoundingClientRect();
  root.style.left = `${Math.max(0, below.left - box.left)}px`;
  root.style.top = `${below.bottom - box.top + 2}px`;
  parent.append(root);
  (items.find((choice) => choice.ariaChecked === 'true') ?? items[0])?.focus();
}
