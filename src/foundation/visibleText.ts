/**
 * Characters that a terminal, a browser or an editor would obey instead of showing: control characters (also the first of
 * an escape sequence), those that change the direction or hide text, lone surrogates, and the line separators of Unicode.
 * Soft hyphens, joiners and direction marks stay, because words and emoji need them.
 */
const obeyed = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u00AD\u200C-\u200F]]/gv;
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;

const replacement = '\u{FFFD}';

/** A text of several lines, with a mark in the place of each character that would be obeyed. Tabs and line ends stay. */
export function visibleLines(text: string): string {
  return text.replaceAll(obeyed, (character) => (/[\t\n]/u.test(character) ? character : replacement));
}

/** The same for a name, which is on one line: tabs and line breaks become blanks. */
export function visibleName(name: string): string {
  return visibleLines(name.replaceAll(lineBreaks, ' '));
}

/** JSON, with all such characters written as escapes. `indent` is in blanks. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(obeyed, (character) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, at) => unicodeEscape(character.charCodeAt(at))).join(''),
  );
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
