import { counted } from '../../foundation/numbers.ts';
import { type BioTokenLine, brokenLineMessage, parseBioLine } from '../bio/line.ts';
import { type BioFormat, detectBioFormat } from '../bio/format.ts';
import { beginsMention } from '../bio/mentions.ts';
import { type BioScheme, detectScheme } from '../bio/scheme.ts';
import { type BioTag, outsideTag } from '../bio/tag.ts';
import type { TextRange } from '../document.ts';
import { lineTexts } from '../lines.ts';
import { type Problem, type ProblemList, problemList, unknownLabel } from './problem.ts';

/** A token line, or the end of a sentence, which counts as O. */
interface TagLine extends BioTag {
  readonly line: number;
  readonly tag?: TextRange;
}

const sentenceEnd: TagLine = { ...outsideTag, line: 0 };

/** Finds broken lines, varying columns, tags that violate the file's scheme, and labels that are not in `labels`. */
export function checkBio(source: string, file: string, labels?: readonly string[]): Problem[] {
  const list = problemList(file);
  const format = detectBioFormat(lineTexts(source));
  const known = labels === undefined ? undefined : new Set(labels);
  const tags: TagLine[] = [];
  let line = 0;
  for (const text of lineTexts(source)) {
    line++;
    const parsed = parseBioLine(text, format);
    if (parsed.kind === 'broken') {
      const place = { line, start: 0, end: text.length };
      list.add(place, 'broken-line', ...brokenLineMessage(parsed.reason));
    } else if (parsed.kind === 'token') {
      checkColumns(list, line, text, parsed, format);
      checkLabel(list, line, parsed, known);
      tags.push({ line, prefix: parsed.prefix, label: parsed.label, tag: parsed.tag });
    }
    if (parsed.kind === 'blank' || parsed.kind === 'docstart') tags.push(sentenceEnd);
  }
  checkTags(list, tags, detectScheme(tags));
  return list.problems.sort((a, b) => a.line - b.line);
}

function checkColumns(
  list: ProblemList,
  line: number,
  text: string,
  parsed: BioTokenLine,
  format: BioFormat,
): void {
  const whole = { line, start: 0, end: text.length };
  if (format.separator === 'tab' && !text.includes('\t')) {
    list.add(
      whole,
      'separator',
      'Spaces separate the columns here, but tabs do in the rest of the file.',
      'Use a tab.',
    );
  } else if (format.columns !== undefined && parsed.columns !== format.columns) {
    const message = `This line has ${counted(parsed.columns, 'column')}, but most lines have ${format.columns}.`;
    list.add(whole, 'column-count', message);
  }
}

function checkLabel(
  list: ProblemList,
  line: number,
  { tag, label }: BioTokenLine,
  known: ReadonlySet<string> | undefined,
): void {
  if (known === undefined || label === '' || known.has(label)) return;
  list.add({ line, ...tag }, ...unknownLabel(label, known));
}

function checkTags(list: ProblemList, tags: readonly TagLine[], scheme: BioScheme): void {
  if (scheme === 'IO' || scheme === 'IOB1') return;
  let previous = sentenceEnd;
  for (let index = 0; index <= tags.length; index++) {
    const tag = tags[index] ?? sentenceEnd;
    const continues = tag.prefix !== 'O' && !beginsMention(previous, tag);
    if (scheme === 'BIOES' && !continues) checkEnd(list, previous);
    if (!continues && (tag.prefix === 'I' || tag.prefix === 'E')) checkBegin(list, previous, tag);
    previous = tag;
  }
}

/** In BIOES a mention ends with E or S. */
function checkEnd(list: ProblemList, last: TagLine): void {
  if (last.tag === undefined || (last.prefix !== 'B' && last.prefix !== 'I')) return;
  const right = last.prefix === 'B' ? 'S' : 'E';
  const message = `The mention ends here, but its last tag is ${last.prefix}-${last.label}.`;
  list.add({ line: last.line, ...last.tag }, 'unclosed-mention', message, `Write ${right}-${last.label}.`);
}

function checkBegin(list: ProblemList, previous: TagLine, tag: TagLine): void {
  if (tag.tag === undefined) return;
  const place = { line: tag.line, ...tag.tag };
  if (previous.prefix === 'B' || previous.prefix === 'I') {
    const message = `The label changes from ${previous.label} to ${tag.label} inside a mention.`;
    list.add(
      place,
      'label-change',
      message,
      `Write B-${tag.label} to begin a new mention, or ${tag.prefix}-${previous.label} to continue this one.`,
    );
  } else {
    const message = `${tag.prefix}-${tag.label} continues a mention that has no beginning.`;
    list.add(place, 'inside-without-begin', message, `Write B-${tag.label}.`);
  }
}
