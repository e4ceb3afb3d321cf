const fence = '```';
/** A list marker at the beginning of a line, also in bold. */
const markedLine = /^[ \t]*(?:\*\*)?(?:\(?\d{1,3}[.):]|[-*+\u2022])/;
const bracketed = /^(?:[[{]\s*["'\u201C\u2018{[]|\{\s*\w)/;

/** Whether a text begins like the answer to a request for a list: JSON, a code fence, a list, a table or elements. */
export function beginsAnswer(text: string): boolean {
  const start = text.trimStart();
  if (bracketed.test(start) || start.startsWith(fence) || start.startsWith('|')) return true;
  if (/^<(?:texts?|sentences?|items?|notes?|answer|output|response|result)\b/i.test(start)) return true;
  // Words before the answer ("Here they are:") are in a line of their own.
  return start
    .split('\n', 4)
    .some((line) => markedLine.test(line) || bracketed.test(line) || line.startsWith(fence));
}

/** Whether a text is such an answer from its beginning to its end, with nothing around it. */
export function isWholeAnswer(text: string): boolean {
  const whole = text.trim();
  if (bracketed.test(whole)) return /[\]}]$/.test(whole);
  if (whole.startsWith(fence)) return whole.endsWith(fence) && whole.length > fence.length;
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => markedLine.test(line));
}
