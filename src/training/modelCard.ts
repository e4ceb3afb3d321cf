import type { ChartmarkModelInfo } from '../model/folder.ts';
import type { RelationSchema } from '../project/relationSchema.ts';
import { cell, dataPart, type Hyperparameters, settingsPart } from './cardTables.ts';
import type { EpochResult } from './trainOptions.ts';

interface CardFacts {
  readonly name: string;
  readonly info: ChartmarkModelInfo;
  readonly hyperparameters: Hyperparameters;
  readonly best: EpochResult;
  readonly results: readonly EpochResult[];
}

const kinds = {
  ner: {
    tag: 'token-classification',
    model: 'AutoModelForTokenClassification',
    text: 'finds mentions of',
    score:
      'Dev F1 is the micro-averaged F1 of mentions, from 0 to 1: first word, last word and type must all be right.',
  },
  re: {
    tag: 'text-classification',
    model: 'AutoModelForSequenceClassification',
    text: 'classifies pairs of mentions with the labels',
    score: 'Dev F1 is the micro-averaged F1, from 0 to 1, of all labels but `0`, "no relation".',
  },
} as const;

/** README.md of a model folder: the model, its data, its training, and its scores on the dev data. */
export function modelCard({ name, info, hyperparameters, best, results }: CardFacts): string {
  const kind = kinds[info.task];
  const types =
    info.task === 'ner'
      ? info.labels.flatMap((label) => (label.startsWith('B-') ? [label.slice(2)] : []))
      : info.labels;
  return `---
library_name: transformers
pipeline_tag: ${kind.tag}
tags:
  - chartmark
  - clinical
---

# ${name}

A model that ${kind.text} ${types.map(cell).join(', ')}. Fine-tuned with Chartmark from ${info.base}.

It was trained automatically on the data below. It makes mistakes: have a person check its results, and do not
use it for decisions about patients. The licence of ${info.base} also applies to this model; its text is in this
folder if the encoder's folder had it.
${stoppedPart(info)}
${dataPart(info)}
${settingsPart(info, hyperparameters, best.epoch)}
## Scores

${kind.score}
The best epoch was chosen by the dev part, so its score is slightly too high: measure on data that the model has not seen.

| score | value |
| --- | ---: |
${Object.entries(info.scores)
  .map(([score, value]) => `| ${score} | ${value.toFixed(4)} |`)
  .join('\n')}

| epoch | mean loss | dev F1 |
| ---: | ---: | ---: |
${results
  .map(({ epoch, loss, devF1 }) => {
    const shown = epoch === best.epoch ? `${epoch} (kept)` : epoch;
    return `| ${shown} | ${loss.toFixed(4)} | ${devF1.toFixed(4)} |`;
  })
  .join('\n')}

## Use

\`\`\`python
from transformers import AutoTokenizer, ${kind.model}

tokenizer = AutoTokenizer.from_pretrained("${name}")
model = ${kind.model}.from_pretrained("${name}")
\`\`\`

\`model.onnx\` is the same model as a graph. Its inputs are \`input_ids\`, \`attention_mask\` and, in BERT models, \`token_type_ids\`; its output is \`logits\`.
${info.precision === 'int8' ? int8Part : ''}${info.relations === undefined ? '' : `\n${pairsPart(info.relations)}`}`;
}

const int8Part = `\`model_quantized.onnx\` has 8-bit weights: it is smaller and faster, and its score is \`devF1Int8\`. Chartmark uses it
unless you choose \`--precision fp32\`.
`;

function stoppedPart({ stopped }: ChartmarkModelInfo): string {
  return stopped === undefined
    ? ''
    : `\nTraining was stopped after epoch ${stopped.epochs} of ${stopped.of}: this is the best checkpoint until then, not a finished model.\n`;
}

/** The pairs of mentions that a relation model classifies, and the form of its input. */
function pairsPart({ input, window, types }: RelationSchema): string {
  const [first] = types;
  const pair = (head: string, tail: string): string =>
    input === 'mask' ? `\`${head}\` and \`${tail}\` in their place` : `\`${head}\`, \`${tail}\``;
  const example =
    first === undefined
      ? ''
      : input === 'mask'
        ? pair(`@${first.head.toUpperCase()}$`, `@${first.tail.toUpperCase()}$`)
        : pair(`@ * ${first.head.toLowerCase()} * ... @`, `# ^ ${first.tail.toLowerCase()} ^ ... #`);
  const reach = window === 1 ? 'one sentence' : `up to ${window} sentences in a row`;
  return `It reads ${reach} with the two mentions ${input === 'mask' ? 'masked' : 'marked'} (${example}). The label
\`0\` is "no relation".

| relation | head | tail |
| --- | --- | --- |
${types.map(({ name, head, tail, symmetric }) => `| ${name}${symmetric === true ? ' (symmetric)' : ''} | ${head} | ${tail} |`).join('\n')}
`;
}
