import { beginsAnswer, isWholeAnswer } from './answerForm.ts';

/** What models call the block that holds their reasoning. */
const words =
  'think(?:ing)?|thoughts?|reason(?:ing|s)?|analysis|analy[sz]e|scratch[_ -]?pad|reflect(?:ion|ions|ing)?|rationale|monologue|' +
  'deliberat(?:ion|e)|planning|plan|brainstorm(?:ing)?|cot|chain[_ ]of[_ ]thought|drafts?|draft[_ ]notes|internal';

/**
 * A tag around reasoning, in the brackets and with the prefixes of any chat template: `<think>`, `</seed:think>`,
 * `[THINK]`, `<|begin_of_thought|>`, `<|END_THINKING|>`, U+25C1 `think` U+25B7.
 */
const tag = new RegExp(
  String.raw`([<\[{(\u25C1\uFF1C\u3010\u27E8\u3008\u300A\u2039\u00AB]|&lt;)\s?\|?\\?(/?)\s?(?:(begin|start|end|close)_(?:of_)?)?` +
    String.raw`((?:[a-z]{1,20}[:_-])?(?:${words})(?:[_-][a-z]{1,20})?)(?:\s[^<>\n]{0,80})?(/?)\|?(?:[>\]})\u25B7\uFF1E\u3011\u27E9\u3009\u300B\u203A\u00BB]|&gt;)`,
  'giu',
);

/** A code fence that is marked as reasoning. */
const fence = new RegExp(
  String.raw`^[ \t]*(?:\x60{3}|~{3})(?:${words})\b[^\n]*\n[^]*?(?:\n[ \t]*(?:\x60{3}|~{3})[ \t]*$|(?![^]))`,
  'gimu',
);

/** Names that are also headings of notes ("[Plan]") count in these brackets only where a reply begins. */
const alsoInTexts = new Set(['[', '{', '(', '\u3010', '\u300A', '\u00AB']);

/** Tags of other names with the same meaning. */
const synonyms: readonly (readonly [string, string])[] = [
  ['<|channel>thought', '<think>'],
  ['<channel|>', '</think>'],
  ['<|inner_prefix|>', '<think>'],
  ['<|inner_suffix|>', '</think>'],
];

/** Characters behind a tag that show whether the answer begins there. */
const shownAfter = 2000;

/**
 * A reply without what a reasoning model wrote before its answer. If its chat template wrote the opening tag, the
 * reply has only the closing one. If the closing tag is missing, the model never reached an answer. A closing tag behind
 * a whole answer is a slip, and the answer counts. `labels`: names of tags that mark mentions.
 */
export function withoutThoughts(reply: string, labels: readonly string[]): string {
  const own = new Set(labels.map((label) => label.toLowerCase()));
  let source = /^[ \t]*(?:```|~~~)/m.test(reply) ? reply.replaceAll(fence, '') : reply;
  for (const [written, meant] of synonyms) source = source.replaceAll(written, meant);
  const { length } = source.trimEnd();
  let answer: string[] = [];
  let stray: readonly string[] = [];
  let from = 0;
  let isThinking = false;
  /** Names of tags that belong to texts. */
  const skipped = new Set<string>();
  for (const match of source.matchAll(tag)) {
    const { 0: whole, 1: bracket = '', 2: slash, 3: edge, 4: name = '', 5: empty, index } = match;
    if (own.has(name.toLowerCase()) || empty === '/') continue;
    const end = index + whole.length;
    const isClosing = slash === '/' || /^(?:end|close)$/i.test(edge ?? '');
    if (!isThinking) {
      const piece = source.slice(from, index);
      const before = answer[0] ?? piece;
      const after = source.slice(end, Math.min(length, end + shownAfter));
      if (skipped.has(name) || !isCertain(name, { bracket, before, isClosing, after })) {
        if (!isClosing) skipped.add(name);
        continue;
      }
      if (piece.trim() !== '') answer.push(piece);
      if (isClosing && answer.length > 0) stray = answer;
      if (isClosing) answer = [];
    }
    isThinking = !isClosing;
    from = end;
  }
  const rest = (isThinking ? answer : [...answer, source.slice(from)]).join('');
  if (rest.trim() === '' && isWholeAnswer(stray.join(''))) return stray.join('');
  return withoutOpeningBlock(rest, own);
}

interface Place {
  readonly bracket: string;
  readonly before: string;
  readonly isClosing: boolean;
  /** The beginning of what follows. */
  readonly after: string;
}

/** Whether a tag outside reasoning is one around reasoning: it may be a tag, or a heading, in a text of the answer. */
function isCertain(name: string, { bracket, before, isClosing, after }: Place): boolean {
  const isThink = /think/i.test(name);
  if (alsoInTexts.has(bracket)) return isClosing ? isThink : before.trim() === '';
  return isThink || !beginsAnswer(before) || (isClosing && (after.trim() === '' || beginsAnswer(after)));
}

const block =
  /^\s*([<[{\u25C1\uFF1C\u3010\u27E8])\|?(\p{L}[\p{L}\p{N}_:.-]{0,40})(?:\s[^<>\n]{0,120})?\|?[>\]}\u25B7\uFF1E\u3011\u27E9]/u;

/** Elements that hold an answer, or a part of it. */
const ofAnswer =
  /^(?:(?:final|tagged|annotated)?[_-]?(?:text|sentence|item|note|example|output|answer|response|result|reply|list|document|entry)s?\d*|json|yaml|xml|data|final|solution|ol|ul|li|html|body|table|p)$/iu;

/** Where the last JSON of a reply that begins a line starts; a fence that ends there began before. */
function lastOpening(reply: string, last: number): number {
  if (!reply.startsWith('```', last)) return last;
  const before = reply.slice(0, last).lastIndexOf('\n```');
  return reply.slice(last + 3).trim() === '' && before !== -1 ? before + 1 : last;
}

const comment = /^\s*<!--/;
const thoughtHeading =
  /^[\s#*_>]{0,10}(?:here(?: is|'s) my )?(?:(?:first |rough )?drafts?|thoughts?|thinks?|thinking|thought process|reasoning|analysis|scratchpad|chain of thought)\b[^\n:]{0,20}(?::|\.\.\.|\u2026)/i;
const answerHeading =
  /^[ \t#*_]{0,10}(?:here(?: is|'s) my )?(?:final|(?:final )?(?:answer|response|output|reply|version|texts|json))\b[ \t]*[:*_#][ \t:*_]{0,5}/gim;

/** Without a block of any name that encloses the beginning of a reply and is followed by the answer. */
function withoutOpeningBlock(reply: string, labels: ReadonlySet<string>): string {
  if (comment.test(reply)) {
    const end = reply.indexOf('-->');
    return end === -1 ? reply : reply.slice(end + 3);
  }
  if (thoughtHeading.test(reply)) {
    const last = [...reply.matchAll(answerHeading)].at(-1);
    const rest = last === undefined ? '' : reply.slice(last.index + last[0].length);
    if (beginsAnswer(rest)) return rest;
    const lastList = [...reply.matchAll(/^(?:[[{]|```)/gm)].at(-1);
    if (lastList !== undefined && lastList.index > 0) return reply.slice(lastOpening(reply, lastList.index));
  }
  const [opening, bracket = '', name = ''] = block.exec(reply) ?? [];
  if (opening === undefined || labels.has(name.toLowerCase()) || ofAnswer.test(name)) return reply;
  const closing = new RegExp(
    String.raw`${bracket === '[' || bracket === '{' ? `\\${bracket}` : bracket}\|?/${name.replaceAll('.', String.raw`\.`)}\|?[>\]}\u25B7\uFF1E\u3011\u27E9]`,
    'u',
  ).exec(reply);
  if (closing === null) return reply;
  const rest = reply.slice(closing.index + closing[0].length);
  return beginsAnswer(rest) ? rest : reply;
}
