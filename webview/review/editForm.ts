import { element } from '../dom.ts';
import { button } from '../ui/button.ts';
import type { ReviewTextView } from './protocol.ts';

export interface EditedText {
  /** With inline tags. */
  readonly tagged: string;
  /** Of relation runs. */
  readonly related?: boolean;
}

interface EditHandlers {
  readonly save: (edited: EditedText) => void;
  readonly cancel: () => void;
}

/** The field in which a text is edited with its tags. Ctrl+Enter saves, Escape leaves all as it was. */
export function editForm(
  { tagged, related }: ReviewTextView,
  isRelationRun: boolean,
  { save, cancel }: EditHandlers,
): { readonly root: HTMLElement; focus(): void } {
  const field = element('textarea', {
    attributes: { 'aria-label': 'Text with tags', rows: '4', spellcheck: 'false' },
  }) as HTMLTextAreaElement;
  field.value = tagged;
  const box = element('input', { attributes: { type: 'checkbox' } }) as HTMLInputElement;
  box.checked = related ?? false;
  const submit = (): void =>
    save({ tagged: field.value, ...(isRelationRun ? { related: box.checked } : {}) });
  const root = element(
    'div',
    { class: 'edit' },
    field,
    isRelationRun ? element('label', {}, box, ' The pair is related') : undefined,
    element(
      'div',
      { class: 'actions' },
      button({ text: 'Save', isPrimary: true, onClick: submit }),
      button({ text: 'Cancel', onClick: cancel }),
      element('span', { class: 'quiet' }, 'Ctrl+Enter saves, Escape cancels.'),
    ),
  );
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else if (event.key === 'Escape') cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { root, focus: () => field.focus() };
}
