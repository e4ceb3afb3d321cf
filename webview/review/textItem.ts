import { grouped } from '../../src/foundation/numbers.ts';
import { element, linkButton } from '../dom.ts';
import { type EditedText, editForm } from './editForm.ts';
import { markedText } from './markedText.ts';
import type { LabelLook, ReviewTextView } from './protocol.ts';

/** What can be done with a text. */
export type ItemAction = 'accept' | 'reject' | 'edit' | 'undo' | 'repeatRequest';

const titles: Readonly<Record<ItemAction, string>> = {
  accept: 'Accept',
  reject: 'Reject',
  edit: 'Edit',
  undo: 'Undo',
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
  refuse(message: string): void;
}

interface Handlers {
  readonly act: (action: ItemAction) => void;
  readonly save: (edited: EditedText) => void;
}

export function textItem(
  first: ReviewTextView,
  { looks, isRelationRun, place, total }: Context,
  { act, save }: Handlers,
): TextItem {
  let text = first;
  let form: ReturnType<typeof editForm> | undefined;
  const problem = element('p', { class: 'problem', attributes: { role: 'alert' } });
  const root = element('li', {
    attributes: { tabindex: '-1', 'aria-posinset': String(place), 'aria-setsize': String(total) },
  });

  const draw = (): void => {
    root.className = text.isAccepted ? 'accepted' : 'rejected';
    const words =
      form?.root ?? element('p', { class: 'words' }, ...markedText(text.text, text.mentions, looks));
    root.replaceChildren(
      element(
        'div',
        { class: 'state' },
        element('span', { class: 'verdict' }, stateOf(text)),
        element('span', { class: 'quiet' }, grouped(place)),
      ),
      element('div', { class: 'body' }, words, problem, ...details(text, isRelationRun)),
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
      const wasEditing = form !== undefined;
      text = next;
      form = undefined;
      problem.textContent = '';
      draw();
      if (wasEditing) root.focus();
    },
    edit() {
      form = editForm(text, isRelationRun, { save, cancel: close });
      draw();
      form.focus();
    },
    refuse(message) {
      problem.textContent = message;
      form?.focus();
    },
  };
}

function stateOf({ isAccepted, isEdited }: ReviewTextView): string {
  if (!isAccepted) return 'Rejected';
  return isEdited ? 'Accepted, edited' : 'Accepted';
}

function actionsFor({ isAccepted, reviewed, canRepeat }: ReviewTextView): ItemAction[] {
  return [
    // A text that the run accepted can be confirmed too.
    ...(isAccepted && reviewed !== undefined ? [] : ['accept' as const]),
    ...(isAccepted ? ['reject' as const] : []),
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
