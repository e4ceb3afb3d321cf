/**
 * `**<Disease>gout</Disease>**`, `<Disease>**gout**</Disease>` and bold headings, with underscores too. Other bold words may
 * be mentions without a tag, and stay as they are.
 */
export function withoutBold(text: string): string {
  if (!text.includes('**') && !text.includes('__') && !/[*_]<|>[*_]/.test(text)) return text;
  return withoutMarks(withoutMarks(text, '**'), '__')
    .replaceAll(/([*_])(<(\p{L}[^<>]*)>[^<>]*<\/[^<>]+>)\1/gu, '$2')
    .replaceAll(/(<\p{L}[^<>]*>)([*_])([^<>*]+)\2(<\/)/gu, '$1$3$4');
}

function withoutMarks(text: string, mark: '**' | '__'): string {
  const parts: string[] = [];
  let from = 0;
  let open = -1;
  let checked = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
    const between = text.slice(checked, at);
    if (open !== -1 && /[*\n]/.test(between)) open = -1;
    checked = at + mark.length;
    if (open !== -1 && /\S/.test(text[at - 1] ?? '') && at > open + mark.length) {
      const inside = text.slice(open + mark.length, at);
      if (isFormatting(text, { inside, open, end: checked })) {
        parts.push(text.slice(from, open), inside);
        from = checked;
      }
      open = -1;
    } else if (open === -1) {
      while (text[at + mark.length] === '*') at++;
      checked = at + mark.length;
      if (/\S/.test(text[checked] ?? '')) open = at;
    }
  }
  return parts.join('') + text.slice(from);
}

interface Marked {
  readonly inside: string;
  readonly open: number;
  readonly end: number;
}

/** Whether bold words are tagged, in a tag, a heading, or a line of their own. */
function isFormatting(text: string, { inside, open, end }: Marked): boolean {
  const before = text[open - 1] ?? '\n';
  const after = text[end] ?? '\n';
  if (/<\/?\p{L}/u.test(inside) || before === '>' || after === '<') return true;
  return before === '\n' && (/[:.]$/.test(inside) || after === ':' || after === '\n');
}
