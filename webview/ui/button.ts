import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import { element } from '../dom.ts';

provideVSCodeDesignSystem().register(vsCodeButton());

interface Button {
  readonly text: string;
  /** The one that most people press next. */
  readonly isPrimary?: boolean;
  /** What it does, in full; for the pointer and for screen readers. */
  readonly label?: string;
  readonly onClick: () => void;
}

export function button({ text, isPrimary = false, label, onClick }: Button): HTMLElement {
  const attributes = {
    appearance: isPrimary ? 'primary' : 'secondary',
    ...(label === undefined ? {} : { 'aria-label': label, title: label }),
  };
  return element('vscode-button', { attributes, onClick }, text);
}
