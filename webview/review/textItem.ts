import { grouped } from '../../src/foundation/numbers.ts';
import type { Mention } from '../../src/corpus/tagged/inlineTags.ts';
import { element, linkButton } from '../dom.ts';
import { type EditedText, editForm } from './editForm.ts';
import { labelledWords } from './labelledWords.ts';
import type { LabelLook, ReviewTextView } from './protocol.ts';

/** What can be done with a text. */
export type ItemAction = 'accept' | 'reject' | 'label' | 'edit' | 'undo' | 'repeatRequest';

const titles: Readonly<Record<ItemAction, string>> = {
  accept: 'Accept',
  reject: 'Reject',
  label: 'Label',
  edit: 'Edit',
  undo: 'Restore',
  repeatRequest: 'Repeat request',
};

interface Context {
  readonly looks: readonly LabelLook[];
  readonly isRelationRun: boolean;
  /** Among all texts found, from 1. */
  readonly place: number;
  readonly total: number;
}

/** A text in the list. It changes in place, so that the focus stays. */
export interface TextItem {
  readonly root: HTMLElement;
  readonly text: ReviewTextView;
  show(text: ReviewTextView): void;
  /** Opens the field in which the tagged text is edited. */
  edit(): void;
  /** Lets the keys choose words and their label. */
  label(): void;
  refuse(message: string): void;
}

interface Handlers {
  readonly act: (action: ItemAction) => void;
  readonly save: (edited: EditedText) => void;
  readonly relabel: (mentions: readonly Mention[]) => void;
}

export function textItem(
  first: ReviewTextView,
  { looks, isRelationRun, place, total }: Context,
  { act, save, relabel }: Handlers,
): TextItem {
  let text = first;
  let form: ReturnType<typeof editForm> | undefined;
  let words: ReturnType<typeof labelledWords> | undefined;
  const problem = element('p', { class: 'problem', attributes: { role: 'alert' } });
  const root = element('li', {
    attributes: { tabindex: '-1', 'aria-posinset': String(place), 'aria-setsize': String(total) },
  });

  const draw = (): void => {
    root.className = text.isAccepted ? 'accepted' : 'rejected';
    words =
      form === undefined ? labelledWords(text, looks, { relabel, leave: () => root.focus() }) : undefined;
    root.replaceChildren(
      element('div', { class: 'state' }, element('span', { class: 'quiet' }, grouped(place)), verdict(text)),
      element('div', { class: 'body' }, form?.root ?? words?.root, problem, ...details(text, isRelationRun)),
      element('div', { class: 'acts' }, ...actionsFor(text).map(button)),
    );
  };
  const button = (action: ItemAction): HTMLElement => {
    const made = linkButton(titles[action], `${titles[action]}: text ${place}`, () => act(action));
    // The keys do the same from the text itself.
    made.tabIndex = -1;
    return made;
  };
  const close = (): void => {
    form = undefined;
    problem.textContent = '';
    draw();
    root.focus();
  };
  draw();

  return {
    root,
    get text() {
      return text;
    },
    show(next) {
      const hadFocus = root.contains(document.activeElement);
      text = next;
      form = undefined;
      problem.textContent = '';
      draw();
      if (hadFocus) root.focus();
    },
    edit() {
      form = editForm(text, isRelationRun, { save, cancel: close });
      draw();
      form.focus();
    },
    label: () => words?.enter(),
    refuse(message) {
      problem.textContent = message;
      form?.focus();
    },
  };
}

/** The bar at the side says that a text is accepted, but not to a screen reader. */
function verdict({ isAccepted, isEdited }: ReviewTextView): HTMLElement {
  if (!isAccepted) return element('span', { class: 'verdict' }, 'Rejected');
  return isEdited
    ? element('span', { class: 'verdict' }, element('span', { class: 'unseen' }, 'Accepted, '), 'edited')
    : element('span', { class: 'unseen' }, 'Accepted');
}

function actionsFor({ isAccepted, isRead, reviewed, canRepeat }: ReviewTextView): ItemAction[] {
  return [
    // A text that the run accepted can be confirmed too.
    ...(isAccepted && reviewed !== undefined ? [] : ['accept' as const]),
    ...(isAccepted ? ['reject' as const] : []),
    ...(isRead ? ['label' as const] : []),
    'edit',
    ...(reviewed === undefined ? [] : ['undo' as const]),
    ...(canRepeat ? ['repeatRequest' as const] : []),
  ];
}

function details(text: ReviewTextView, isRelationRun: boolean): HTMLElement[] {
  const { refusal, style, topics, related, reviewed } = text;
  const facts = [
    ...(isRelationRun && related !== undefined
      ? [related ? 'states the relation' : 'states no relation']
      : []),
    style,
    ...(topics.length === 0 ? [] : [`topics: ${topics.join(', ')}`]),
    ...(reviewed === undefined ? [] : [`reviewed ${timeOf(reviewed)}`]),
  ].filter((fact) => fact !== '');
  return [
    ...(refusal === undefined
      ? []
      : [element('p', { class: 'refusal' }, element('strong', {}, refusal.reason), ` ${refusal.detail}`)]),
    element('p', { class: 'quiet' }, facts.join(' · ')),
  ];
}

/** In the reader's own time zone. */
function timeOf(at: string): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
