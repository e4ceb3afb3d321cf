/** Control tokens of chat templates that a server left in a reply: `<|im_end|>`, `</s>`, `<end_of_turn>`, `[/INST]`. */
const tokens = String.raw`<[|\uFF5C](?![^<>|\n]{0,30}(?:think|thought|reason|inner_))[^<>|\uFF5C\n]{1,40}[|\uFF5C]>|</?s>|<(?:start|end)_of_turn>|<(?:eos|bos|pad|eot|eod|unk)>|\[/?INST\]|\[(?:EOS|BOS)\]|<</?SYS>>`;
const anyToken = new RegExp(tokens, 'giu');
const role = /^(?:assistant|model)(?=[\s<[{]|$)/;

/** A line with which a model begins a turn that is not its own. */
const turnLine =
  /^[ \t]*(?:(?:#{1,4}|\*\*)[ \t]*(?:(?:instructions?|user|human)\b|(?:input|response|assistant|system|task)[ \t]*:?(?:\*\*)?:?[ \t]*$)|(?:user|human)[ \t]*:)/im;
const ownHeading =
  /^\s*(?:#{1,4}|\*\*)[ \t]*(?:response|assistant|output|answer)[ \t]*:?(?:\*\*)?:?[ \t]*(?=\n)/i;

/** What follows a token that stands in the middle of an answer: more of the JSON or of the list. */
const goesOn =
  /^(?:["'\u201D\u2019,\]}|]|\(?\d{1,3}[.):]\s|[-*+\u2022]\s|<\/?(?:text|sentence|item|note)\b)/i;

/** Without the control tokens around a text. */
export function withoutTokens(text: string): string {
  const found = [...text.matchAll(anyToken)];
  if (found.length === 0) return text;
  let start = 0;
  let end = text.length;
  for (const { 0: token, index } of found) {
    if (text.slice(start, index).trim() !== '') break;
    start = index + token.length;
    start += role.exec(text.slice(start, start + 20))?.[0].length ?? 0;
  }
  for (const { 0: token, index } of found.toReversed()) {
    if (index < start || text.slice(index + token.length, end).trim() !== '') break;
    end = index;
  }
  return text.slice(start, end);
}

/** Whether a text has control tokens of a chat template. `labels`: names that tags may have. */
export function hasToken(text: string, labels: readonly string[]): boolean {
  const own = new Set(labels.map((label) => label.toLowerCase()));
  return (text.match(anyToken) ?? []).some((found) => !own.has(found.replaceAll(/[</>]/g, '').toLowerCase()));
}

/** A reply up to the end of its first turn: some models go on and invent the next request. */
export function firstTurn(reply: string): string {
  const source = withoutTokens(reply).replace(ownHeading, '');
  const invented = cutAt(source, turnLine.exec(source)?.index);
  for (const { 0: whole, index } of invented.matchAll(anyToken)) {
    const before = invented.slice(0, index);
    if (before.trim() === '' || goesOn.test(invented.slice(index + whole.length).trimStart())) continue;
    return before;
  }
  return invented;
}

/** A text up to a turn that the model invented behind it. */
export function withoutInventedTurn(text: string): string {
  return cutAt(
    text,
    /(?:\n\s{0,20}|(?<=[.!?])[ \t]{1,5})(?:#{2,4} ?(?:instructions?|user|human|input|response)\b|(?:User|Human):)/i.exec(
      text,
    )?.index,
  );
}

function cutAt(text: string, at: number | undefined): string {
  const before = at === undefined ? '' : text.slice(0, at);
  return before.trim() === '' ? text : before;
}
