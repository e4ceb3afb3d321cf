import { counted } from '../../foundation/numbers.ts';
import { type BratLine } from '../brat/line.ts';
import { byteOrderMarkShift, parseStandoff } from '../brat/standoff.ts';
import { codePointOffsets } from '../offsets.ts';
import { type Problem, type ProblemCode, problemList, unknownLabel } from './problem.ts';

interface BratCheckOptions {
  readonly labels?: readonly string[];
  readonly text?: string;
}

type Report = (code: ProblemCode, message: string, nextStep?: string) => void;

/** Finds broken and unknown lines, duplicate IDs, missing targets, and offsets and words that do not match the text. */
export function checkBrat(annotations: string, file: string, { labels, text }: BratCheckOptions): Problem[] {
  const list = problemList(file);
  const { lines, ids } = parseStandoff(annotations);
  const checkMention = text === undefined ? undefined : mentionCheck(text, byteOrderMarkShift(text, lines));
  const seen = new Set<string>();
  for (const { line, text: content, number } of lines) {
    const report: Report = (code, message, nextStep) =>
      list.add({ line: number, start: 0, end: content.trimEnd().length }, code, message, nextStep);
    if (line.kind === 'broken') report('broken-line', `This annotation cannot be read: ${line.reason}.`);
    if (line.kind === 'other' && !/^(?:[*#N]|\s*$)/u.test(content)) {
      report('unknown-line', 'This kind of line is unknown. It is kept unchanged.');
    }
    if ('id' in line) {
      if (seen.has(line.id)) report('duplicate-id', `The ID ${line.id} is used twice.`);
      seen.add(line.id);
    }
    for (const target of targetsOf(line)) {
      if (!ids.has(target)) report('missing-target', `There is no ${target} in this file.`);
    }
    if (line.kind !== 'span') continue;
    checkMention?.(line, report);
    if (labels?.includes(line.label) === false) report(...unknownLabel(line.label, labels));
  }
  return list.problems;
}

function targetsOf(line: BratLine): readonly string[] {
  if (line.kind === 'event') return [line.trigger];
  if (line.kind === 'relation') return [line.head, line.tail];
  return line.kind === 'attribute' ? [line.target] : [];
}

function mentionCheck(text: string, shift: number) {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const offsets = codePointOffsets(plain);
  return ({ ranges, mention }: Extract<BratLine, { kind: 'span' }>, report: Report): void => {
    const length = offsets.length + shift;
    const bad = ranges.find(({ start, end }) => start >= end || start < shift || end > length);
    if (bad !== undefined) {
      report(
        'offsets',
        `The offsets ${bad.start}-${bad.end} are not a range of the text (${counted(length, 'code point')}).`,
      );
      return;
    }
    const words = ranges
      .map(({ start, end }) => plain.slice(offsets.toUtf16(start - shift), offsets.toUtf16(end - shift)))
      .join(' ');
    if (mention !== '' && words.replaceAll(/\s/gu, ' ') !== mention.replaceAll(/\s/gu, ' ')) {
      report(
        'text-mismatch',
        'The text has different words at these offsets.',
        'Correct the words or the offsets, which count code points.',
      );
    }
  };
}
