import { type BratLine } from '../brat/line.ts';
import { byteOrderMarkShift, parseStandoff } from '../brat/standoff.ts';
import { codePointOffsets } from '../offsets.ts';
import { type Problem, type ProblemCode, problemList } from './problem.ts';

interface BratCheckOptions {
  readonly labels?: readonly string[];
  readonly text?: string;
}

type Complain = (code: ProblemCode, message: string, nextStep?: string) => void;

/** Broken and unknown lines, ids used twice, targets that are not there, offsets and words that do not fit the text. */
export function checkBrat(annotations: string, file: string, { labels, text }: BratCheckOptions): Problem[] {
  const list = problemList(file);
  const { lines, ids } = parseStandoff(annotations);
  const checkMention = text === undefined ? undefined : mentionCheck(text, byteOrderMarkShift(text, lines));
  const seen = new Set<string>();
  for (const { line, text: content, number } of lines) {
    const complain: Complain = (code, message, nextStep) =>
      list.add({ line: number, start: 0, end: content.trimEnd().length }, code, message, nextStep);
    if (line.kind === 'broken') complain('broken-line', `This annotation cannot be read: ${line.reason}.`);
    if (line.kind === 'other' && !/^(?:[*#N]|\s*$)/u.test(content)) {
      complain('unknown-line', 'This kind of line is unknown; it is kept as it is.');
    }
    if ('id' in line) {
      if (seen.has(line.id)) complain('duplicate-id', `The id ${line.id} is used twice.`);
      seen.add(line.id);
    }
    for (const target of targetsOf(line)) {
      if (!ids.has(target)) complain('missing-target', `There is no ${target} in this file.`);
    }
    if (line.kind !== 'span') continue;
    checkMention?.(line, complain);
    if (labels !== undefined && !labels.includes(line.label)) {
      const nextStep = `Use one of ${labels.join(', ')}, or add the label to chartmark.json.`;
      complain('unknown-label', `The project has no label ${line.label}.`, nextStep);
    }
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
  return ({ ranges, mention }: Extract<BratLine, { kind: 'span' }>, complain: Complain): void => {
    const length = offsets.length + shift;
    const bad = ranges.find(({ start, end }) => start >= end || start < shift || end > length);
    if (bad !== undefined) {
      complain(
        'offsets',
        `Offsets ${bad.start}-${bad.end} are no range of the text (${length} code points).`,
      );
      return;
    }
    const words = ranges
      .map(({ start, end }) => plain.slice(offsets.toUtf16(start - shift), offsets.toUtf16(end - shift)))
      .join(' ');
    if (mention !== '' && words.replaceAll(/\s/gu, ' ') !== mention.replaceAll(/\s/gu, ' ')) {
      complain(
        'text-mismatch',
        'The text has other words at these offsets.',
        'Correct the offsets (they count code points) or the words.',
      );
    }
  };
}
