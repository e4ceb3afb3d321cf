import { escapePattern } from '../../foundation/pattern.ts';
import { closeBracket, forLabels, openBracket } from './brackets.ts';

/** Signs that texts do not have around or beside their words. */
const signs =
  /@@|(?<=[^\s#])##|##(?=[^\s#])|\[\[(?=\p{L})|(?<=\p{L})\]\]|<<(?=\p{L})|(?<=\p{L})>>|==(?=\p{L})|(?<=\p{L})==|~~(?=\p{L})|\^\^(?=\p{L})|\$\$|\|\|(?=\p{L})|%%(?=\p{L})|\\[a-z]{2,20}\{|\u27E6|\u27E7|[[{\uFF1C\u3010]\s?\/\s?\p{L}|[\u27E8\u3008\u3010\u300A\u3014\u25C1]\p{Script=Latin}|(?<!\{)\{\p{L}[\p{L} -]{2,60}\}|(?<![\p{L}\p{N}#$~^=])([#$~^=])\p{L}(?:[^\n#$~^=]{0,60}[\p{L}\p{N}])?\1(?![\p{L}\p{N}#$~^=])/u;
/** `<WAS-`, `</Disease`: "<" directly before a word begins a tag, unless it compares two values ("a<b", "<LOD"). */
const halfTag =
  /<\/\s?\p{L}|(?<![\p{L}\p{N})\]%\u00B2\u00B3.])<(?!(?:LODs?|LOQ|LLN|LLOQ|LLOD|LLD|LDL|ULN|ULOQ|MIC|MDL|BLQ|MCID|RR|ULD|DL|Q\d|SD|SEM)\b)\p{L}[\p{L}\p{N}_:-]/u;
const tag = /<\s{0,9}\/?\s{0,9}\p{L}[\p{L}\p{N}_-]{0,60}\s{0,9}\/?>/u;
const json = /["'\u201D]\s*:\s*["'\u201C[{]|\}\s*,\s*\{/;
const listed = /(?:^|\n|[.!?] )\W{0,4}(?:(?:named )?entities|mentions|tags|annotations|labels)\W{0,3}: ?\S/i;
/** `**x**`, `__x__`, `*x*`, `_x_` and code: a word that is marked but not tagged. */
const emphasis =
  /(?<![\p{L}\p{N}*_])(\*\*|__)(?=[^\s*_])[^*\n]{0,200}?[^\s*_]\1|(?<![\w*\\])\*(?=\p{L})[^*\n]{0,120}[\p{L}\p{N})]\*(?![\w*])|(?<![\p{L}\p{N}_])_(?=\p{L})[^_\n]{0,120}[\p{L}\p{N})]_(?![\p{L}\p{N}_])|`[^`\n]{1,120}`/u;

const patternsOf = forLabels((labels: readonly string[]): readonly RegExp[] => {
  const label = `(?:${labels.map(escapePattern).join('|')})`;
  const exact = `(?:${labels
    .flatMap((name) => [name, name.toUpperCase()])
    .map(escapePattern)
    .join('|')})`;
  const capitals = labels
    .filter((name) => name.length > 3 && name !== name.toUpperCase())
    .map((name) => escapePattern(name.toUpperCase()))
    .join('|');
  const word = String.raw`(?![\p{L}\p{N}])`;
  const patterns = [
    // (Disease), [/Disease], {disease}: alone in brackets.
    new RegExp(`${openBracket}\\s?/?\\s?${label}s?\\s?/?\\s?${closeBracket}`, 'iu'),
    // [Disease: x], (Disease= x), [x: Disease], (x | Disease).
    new RegExp(`${openBracket}\\s?${exact}\\s?[:|=]`, 'u'),
    new RegExp(`[:|=/,\\u2013\\u2014]\\s?${exact}\\s?${closeBracket}`, 'u'),
    // (Disease polyps): the label, and the words of a mention in lower case.
    new RegExp(`${openBracket}${exact}\\s[\\p{Ll}]`, 'u'),
    // x/Disease, x_Disease, x|Disease, x::Disease, Disease|x, Disease_x.
    new RegExp(`[\\p{L}\\p{N})\\]](?:[/_|^@#=~]|::)${exact}${word}`, 'u'),
    new RegExp(`(?<![\\p{L}\\p{N}])${exact}(?:[_|^@#=~>]|::)[\\p{L}\\p{N}]`, 'u'),
    new RegExp(`[\\p{L}\\p{N}]_${label}${word}`, 'iu'),
    // Disease:polyps in the middle of a sentence, polyps DISEASE.
    new RegExp(`(?<=[\\p{L}\\p{N},] )${exact}:\\p{L}`, 'u'),
    ...(capitals === '' ? [] : [new RegExp(`(?<=\\p{Ll} )(?:${capitals})${word}`, 'u')]),
    // Disease(polyps), Disease[polyps], x[Disease, Disease>x, #Disease, B-Disease.
    new RegExp(`(?<![\\p{L}\\p{N}])${exact}[\\[{<(\\uFF08\\u3010]\\p{L}`, 'u'),
    new RegExp(`(?<![\\p{L}\\p{N}])(?:[BIESLU]-|[#@$%]/?)${exact}${word}`, 'u'),
    new RegExp(`</?\\s?${label}${word}|(?<![\\p{L}\\p{N}])${exact}>`, 'iu'),
  ];
  return patterns;
});

/**
 * What is left in a text of tags in another notation, of JSON or of emphasis, in words; undefined if nothing is. Such a
 * text is not what its model meant, and the mention that was marked so would count as a word without a label.
 */
export function leftoverMarkup(text: string, labels: readonly string[]): string | undefined {
  if (text.includes('<') && (tag.test(text) || halfTag.test(text))) return 'markup is left over in it';
  if (json.test(text)) return 'JSON is left over in it';
  if (labels.length > 0 && patternsOf(labels).some((pattern) => pattern.test(text))) {
    return 'it has a label in another notation than tags';
  }
  if (signs.test(text)) return 'signs of markup are left over in it';
  if (emphasis.test(text)) return 'it has emphasised words, which may be mentions without a tag';
  return listed.test(text) ? 'it has a list of its mentions' : undefined;
}
