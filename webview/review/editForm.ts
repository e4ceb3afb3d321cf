import { element } from '../dom.ts';
import type { ReviewTextView } from './protocol.ts';

interface EditHandlers {
  readonly save: (tagged: string, related: boolean | undefined) => void;
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
  const submit = (): void => save(field.value, isRelationRun ? box.checked : undefined);
  const root = element(
    'div',
    { class: 'edit' },
    field,
    isRelationRun ? element('label', {}, box, ' The pair is related') : undefined,
    element(
      'div',
      { class: 'actions' },
      element('vscode-button', { onClick: submit }, 'Save'),
      element('vscode-button', { attributes: { appearance: 'secondary' }, onClick: cancel }, 'Cancel'),
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
