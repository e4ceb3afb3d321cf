import type { Document, Span, TextRange } from '../corpus/document.ts';
import type { RelationRow } from '../corpus/relationRows.ts';
import { splitSentences } from '../corpus/sentences.ts';
import type { Project, RelationType } from './project.ts';

/**
 * One row for every pair of mentions, of a sentence, that a relation type of the project could join: the
 * sentence with the pair masked as `@HEADTYPE$` and `@TAILTYPE$`, labelled by the relation the document states
 * ("1" when the project has one relation type, else its name) or "0". Overlapping mentions make no pair.
 */
export function relationCandidates(documents: readonly Document[], project: Project): RelationRow[] {
  return documents.flatMap((document) => {
    const sentences = document.sentences ?? splitSentences(document.text);
    return sentences.flatMap((sentence) => sentenceRows(document, sentence, project));
  });
}

function sentenceRows(document: Document, sentence: TextRange, project: Project): RelationRow[] {
  const inside = document.spans.filter(({ start, end }) => sentence.start <= start && end <= sentence.end);
  const rows: RelationRow[] = [];
  const pairsDone = new Set<string>();
  for (const { head: headType, tail: tailType } of project.relationTypes) {
    for (const head of inside.filter(({ label }) => label === headType)) {
      for (const tail of inside.filter(({ label }) => label === tailType)) {
        const pair = `${head.id} ${tail.id}`;
        if (pairsDone.has(pair) || (head.start < tail.end && tail.start < head.end)) continue;
        pairsDone.add(pair);
        rows.push({
          text: maskPair(document.text, sentence, head, tail),
          label: pairLabel(document, head, tail, project.relationTypes),
        });
      }
    }
  }
  return rows;
}

function pairLabel(document: Document, head: Span, tail: Span, types: readonly RelationType[]): string {
  const stated = document.relations.find(
    (relation) =>
      relation.head === head.id &&
      relation.tail === tail.id &&
      types.some(({ name }) => name === relation.label),
  );
  if (stated === undefined) return '0';
  return types.length === 1 ? '1' : stated.label;
}

function maskPair(text: string, sentence: TextRange, head: Span, tail: Span): string {
  const [first, second] = head.start < tail.start ? [head, tail] : [tail, head];
  return (
    text.slice(sentence.start, first.start) +
    mask(first) +
    text.slice(first.end, second.start) +
    mask(second) +
    text.slice(second.end, sentence.end)
  ).replaceAll(/\s+/g, ' ');
}

function mask({ label }: Span): string {
  return `@${label.toUpperCase()}$`;
}
