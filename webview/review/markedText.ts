import type { Mention } from '../../src/corpus/tagged/inlineTags.ts';
import { element } from '../dom.ts';
import type { LabelLook } from './protocol.ts';

/** The text with its mentions marked: by colour, by the kind of line below, and by the type's name behind. */
export function markedText(
  text: string,
  mentions: readonly Mention[],
  looks: readonly LabelLook[],
): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let at = 0;
  for (const { start, end, label } of mentions) {
    const look = looks.find((candidate) => candidate.label === label);
    const mark = element(
      'mark',
      { class: `slot${look?.slot ?? 1}` },
      text.slice(start, end),
      element('span', { class: 'tag' }, label),
    );
    if (look?.color !== undefined) mark.style.setProperty('--own', look.color);
    if (start > at) parts.push(text.slice(at, start));
    parts.push(mark);
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
