/** Markup made by `safe`, and therefore free of markup that came with the data. */
export interface SafeHtml {
  readonly markup: string;
}

type Content = string | number | SafeHtml | undefined | readonly Content[];

/** A template whose holes are escaped: text stays text, only what `safe` itself made is markup. */
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
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] as string);
}
