import { visibleLines } from '../../foundation/visibleText.ts';

/** Markup made by `safe`, which never contains markup from the data. */
export interface SafeHtml {
  readonly markup: string;
}

type Content = string | number | SafeHtml | undefined | readonly Content[];

/** A template tag that escapes all values except those that `safe` itself made. */
export function safe(strings: TemplateStringsArray, ...holes: readonly Content[]): SafeHtml {
  return { markup: String.raw({ raw: strings }, ...holes.map(render)) };
}

function render(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string' || typeof content === 'number') return escapeHtml(String(content));
  return 'markup' in content ? content.markup : content.map(render).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return visibleLines(text).replaceAll(/[&<>"']/gu, (character) => entities[character] as string);
}
