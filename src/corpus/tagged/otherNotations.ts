import { escapePattern } from '../../foundation/pattern.ts';
import { closeBracket, forLabels, openBracket } from './brackets.ts';

/** Brackets that texts do not have around words of their own. */
const certainOpen = String.raw`[<\[{\uFF1C\u3010\uFF3B\uFF5B]`;
const certainClose = String.raw`[>\]}\uFF1E\u3011\uFF3D\uFF5D]`;
/** The words of a mention: bounded, so that the patterns take linear time. */
const words = String.raw`([\p{L}\p{N}](?:[^<>\[\]{}()|\n\uFF1C\uFF1E\u3010\u3011]{0,150}?[\p{L}\p{N}+%'.\u2019-])?)`;
const emphasis = String.raw`(\*\*|__|\*|${'`'})`;

interface Notation {
  readonly pattern: RegExp;
  /** The groups of the pattern that hold the label and the words. */
  readonly groups: readonly [number, number];
  /** The label stands beside the words, which may also be repeated: the text without it may not be the text. */
  readonly mayRepeat?: true;
}

function everywhere(source: string): RegExp {
  return new RegExp(source, 'giu');
}

const notationsOf = forLabels((labels: readonly string[]): readonly Notation[] => {
  const label = `(${labels.map(escapePattern).join('|')})`;
  const named = String.raw`(?:["']?(?:entity|type|label|tag|class|ner)["']?\s?[:=]\s?)?["']?${label}["']?`;
  const notations: readonly Notation[] = [
    // {Disease}x{/Disease}, and the same in any other brackets.
    {
      pattern: everywhere(
        `${openBracket}\\s?${label}\\s?${closeBracket}${words}${openBracket}\\s?/\\s?\\1?\\s?${closeBracket}`,
      ),
      groups: [1, 2],
    },
    // [x](Disease), [x]{type: Disease}, {x}[Disease].
    { pattern: everywhere(`\\[${words}\\]\\s?[({\\[]\\s?${named}\\s?[)}\\]]`), groups: [2, 1] },
    { pattern: everywhere(`\\{${words}\\}\\s?[({\\[]\\s?${named}\\s?[)}\\]]`), groups: [2, 1] },
    // [Disease: x], <Disease: x>, {Disease|x}.
    {
      pattern: everywhere(`${certainOpen}\\s?${label}\\s?[:|=]\\s?${words}\\s?${certainClose}`),
      groups: [1, 2],
      mayRepeat: true,
    },
    // [[x|Disease]], [x: Disease], <x|Disease>.
    {
      pattern: everywhere(
        `(?:\\[\\[|\\{\\{|${certainOpen})${words}\\s?\\|\\s?${label}\\s?(?:\\]\\]|\\}\\}|${certainClose})`,
      ),
      groups: [2, 1],
    },
    { pattern: everywhere(`[\\[{]${words}\\s?:\\s?${label}\\s?[\\]}]`), groups: [2, 1] },
    // **x** (Disease), `x` [Disease], **x (Disease)**.
    { pattern: everywhere(`${emphasis}${words}\\1\\s?[(\\[{]\\s?${label}\\s?[)\\]}]`), groups: [3, 2] },
    { pattern: everywhere(`${emphasis}${words}\\s?[(\\[{]\\s?${label}\\s?[)\\]}]\\1`), groups: [3, 2] },
  ];
  return notations;
});

/**
 * Converts mentions that a model marked in another notation than inline tags: their label in brackets around, before or
 * behind them. What is not certain stays as it is, and `leftoverMarkup` finds it.
 */
export function tagOtherNotations(text: string, labels: readonly string[]): string {
  if (labels.length === 0) return text;
  let tagged = text;
  for (const { pattern, groups, mayRepeat } of notationsOf(labels)) {
    tagged = tagged.replaceAll(pattern, (whole: string, ...found: readonly (string | number)[]) => {
      const [label = '', inside = ''] = groups.map((group) => String(found[group - 1] ?? ''));
      const isRepeated = mayRepeat === true && text.split(inside, 3).length > 2;
      return isRepeated || !/[\p{L}\p{N}]/u.test(inside) ? whole : `<${label}>${inside}</${label}>`;
    });
  }
  return tagged;
}
