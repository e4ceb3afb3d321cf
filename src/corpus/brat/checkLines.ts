import type { LineContext } from '../readContext.ts';
import type { BratLine } from './line.ts';
import type { Standoff } from './standoff.ts';

const correct = 'Correct the line, or remove it.';

/**
 * Fails for broken lines, duplicate IDs and relations without an end. Reports unknown lines, events and attributes
 * without a target, events of another type than their trigger, and mentions that are annotated twice.
 */
export function checkLines({ lines, ids }: Standoff, context: LineContext): void {
  const seen = new Set<string>();
  const labels = new Map<string, string>();
  const places = new Set<string>();
  for (const { line } of lines) if (line.kind === 'span') labels.set(line.id, line.label);
  for (const { line, text, number } of lines) {
    if (line.kind === 'broken') {
      context.fail(number, 'broken-line', `This annotation cannot be read: ${line.reason}.`, correct);
    }
    if (line.kind === 'other' && !/^(?:[*#N]|\s*$)/u.test(text)) {
      context.report(number, 'unknown-line', 'This kind of line is unknown. It is kept unchanged.');
    }
    if ('id' in line && seen.size === seen.add(line.id).size) {
      context.fail(number, 'duplicate-id', `The ID ${line.id} is used twice.`, correct);
    }
    for (const target of targetsOf(line)) {
      if (ids.has(target)) continue;
      const tell = line.kind === 'relation' ? context.fail : context.report;
      tell(number, 'missing-target', `There is no ${target} in this file.`, correct);
    }
    if (line.kind === 'event') {
      const trigger = labels.get(line.trigger);
      if (trigger !== undefined && trigger !== line.label) {
        const message = `The event has the type ${line.label}, but its trigger has the type ${trigger}.`;
        context.report(
          number,
          'event-type',
          message,
          'The type of the trigger is used. Give both the same type.',
        );
      }
    }
    if (line.kind !== 'span') continue;
    const place = `${line.label} ${line.ranges.map(({ start, end }) => `${start}-${end}`).join(' ')}`;
    if (places.size === places.add(place).size) {
      context.report(
        number,
        'duplicate-mention',
        'An earlier line annotates the same words with the same type.',
      );
    }
  }
}

function targetsOf(line: BratLine): readonly string[] {
  if (line.kind === 'event') return [line.trigger, ...line.args];
  if (line.kind === 'relation') return [line.head, line.tail];
  return line.kind === 'attribute' ? [line.target] : [];
}
