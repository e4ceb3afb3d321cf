import { UserError } from '../foundation/userError.ts';
import { relationInput } from '../model/relationInput.ts';
import type { WeightedRow } from './trainOptions.ts';
import { ignoredLabel } from './operators/crossEntropy.ts';
import type { EncodedData, Encoding, TaskData } from './task.ts';

/** The label of a pair of mentions that are not related. */
const noRelation = '0';

/**
 * Relation classification: each text with two masked or marked mentions has one label, which its [CLS] token learns.
 */
export function relationTaskData(rows: readonly WeightedRow[]): TaskData {
  return {
    head: 'sequence',
    // Pairs of one document belong together, and so do equal sentences.
    groups: rows.map(({ text, documentId }) => documentId ?? text),
    gold: rows.map(({ label }) => asTags(label)),
    labels: () => relationLabels(rows),
    select: (places) => relationTaskData(places.map((place) => rows[place] as WeightedRow)),
    encode: (encoding) => encodeRows(rows, encoding),
    text: (place) => rows[place]?.text ?? '',
    line: (place) => JSON.stringify([rows[place]?.text, rows[place]?.label]),
  };
}

/** All labels; `0`, "no relation", is first if it occurs. */
function relationLabels(rows: readonly WeightedRow[]): string[] {
  if (rows.length === 0) {
    throw new UserError('The training data contains no rows.', {
      nextStep: 'Choose a file with labelled sentences.',
    });
  }
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const [only] = labels;
  if (labels.length === 1) {
    throw new UserError(`Every row of the training data has the label "${only}".`, {
      nextStep: 'Add rows with another label, for example unrelated pairs with the label "0".',
    });
  }
  return labels.includes(noRelation)
    ? [noRelation, ...labels.filter((label) => label !== noRelation)]
    : labels;
}

/** A row as a sentence of one word, so that relations can be scored like mentions. */
function asTags(label: string): readonly string[] {
  return [label === noRelation ? 'O' : `B-${label}`];
}

function encodeRows(rows: readonly WeightedRow[], { tokenizer, labels, capacity }: Encoding): EncodedData {
  const found = rows.map(() => 0);
  return {
    sequences: rows.map((row) => {
      const id = labels.indexOf(row.label);
      return {
        ids: [tokenizer.clsId, ...relationInput(tokenizer, row, capacity).ids, tokenizer.sepId],
        labels: [id === -1 ? ignoredLabel : id],
        weight: row.weight ?? 1,
      };
    }),
    collect(row, logits) {
      found[row] = logits.indexOf(Math.max(...logits));
    },
    tags: () => found.map((id) => asTags(labels[id] as string)),
  };
}
