import { closingTagNames, parseInlineTags } from '../tagged/inlineTags.ts';
import { TagError } from './inlineTagged.ts';

/**
 * Replaces the two tagged mentions of a relation sentence by masks (`<Gene>TNF</Gene>` by `@GENE$`). A text without
 * closing tags stays the same. Throws `TagError` if the tags are broken or there are not exactly two.
 */
export function maskTaggedPair(tagged: string): string {
  const labels = closingTagNames(tagged);
  if (labels.length === 0) return tagged;
  const result = parseInlineTags(tagged, labels, 'keep as text');
  if (!result.ok) throw new TagError(result.detail);
  const [first, second] = result.mentions;
  if (first === undefined || second === undefined || result.mentions.length > 2) {
    throw new TagError(`a pair has two tagged mentions, not ${result.mentions.length}`);
  }
  const { text } = result;
  return (
    text.slice(0, first.start) +
    mask(first.label) +
    text.slice(first.end, second.start) +
    mask(second.label) +
    text.slice(second.end)
  );
}

function mask(label: string): string {
  return `@${label.toUpperCase()}$`;
}
