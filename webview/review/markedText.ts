import type { Mention } from '../../src/corpus/tagged/inlineTags.ts';
import { element } from '../dom.ts';
import type { LabelLook } from './protocol.ts';

/**
 * The text with its mentions marked: by colour, by the kind of line below, and by the type's name behind. `onPress` hears
 * which mention is pressed, if they can be.
 */
export function markedText(
  text: string,
  mentions: readonly Mention[],
  looks: readonly LabelLook[],
  onPress?: (mention: Mention, mark: HTMLElement) => void,
): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let at = 0;
  for (const mention of mentions) {
    const { start, end, label } = mention;
    const words = text.slice(start, end);
    const press =
      onPress === undefined
        ? {}
        : {
            attributes: {
              role: 'button',
              'aria-haspopup': 'menu',
              'aria-label': `${words}, ${label}`,
              title: 'Change the label',
            },
            onClick: () => onPress(mention, mark),
          };
    const mark = element('mark', press, words, element('span', { class: 'tag' }, label));
    lookOf(mark, label, looks);
    if (start > at) parts.push(text.slice(at, start));
    parts.push(mark);
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

/** Gives an element the colour and line of a label. */
export function lookOf(target: HTMLElement, label: string, looks: readonly LabelLook[]): void {
  const look = looks.find((candidate) => candidate.label === label);
  target.classList.add(`slot${look?.slot ?? 1}`);
  if (look?.color !== undefined) target.style.setProperty('--own', look.color);
}
