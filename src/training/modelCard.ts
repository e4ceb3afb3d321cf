import type { ChartmarkModelInfo } from '../model/folder.ts';
import type { RelationSchema } from '../project/relationSchema.ts';

/** How a run was set up. */
export interface Hyperparameters {
  readonly epochs: number;
  readonly batchSize: number;
  /** Batches of an update. */
  readonly accumulate: number;
  readonly learningRate: number;
  /** Lowest layers that were not trained, nor the embeddings then. */
  readonly freeze?: number | undefined;
  readonly weightDecay: number;
  readonly clipping: number;
}

interface CardFacts {
  readonly name: string;
  readonly info: ChartmarkModelInfo;
  readonly hyperparameters: Hyperparameters;
  readonly bestEpoch: number;
}

const kinds = {
  ner: { tag: 'token-classification', model: 'AutoModelForTokenClassification', text: 'finds mentions of' },
  re: {
    tag: 'text-classification',
    model: 'AutoModelForSequenceClassification',
    text: 'tells these labels of two mentions apart:',
  },
} as const;

/** README.md of a model folder: what it is, what it was made from and how, how good it is on dev data. */
export function modelCard({ name, info, hyperparameters, bestEpoch }: CardFacts): string {
  const kind = kinds[info.task];
  const types =
    info.task === 'ner'
      ? info.labels.flatMap((label) => (label.startsWith('B-') ? [label.slice(2)] : []))
      : info.labels;
  const { epochs, batchSize, accumulate, freeze, learningRate, weightDecay, clipping } = hyperparameters;
  const { stopped } = info;
  return `---
library_name: transformers
pipeline_tag: ${kind.tag}
tags:
  - chartmark
  - clinical
---

# ${name}

A model that ${kind.text} ${types.join(', ')}. Fine-tuned with Chartmark from ${info.base}.

It was made by a machine from the data below. It makes mistakes: have a person check what it finds, and do
not use it for decisions about patients.
${stopped === undefined ? '' : `\nTraining was stopped after epoch ${stopped.epochs} of ${stopped.of}: this is the best checkpoint until then, no finished model.\n`}
## Data

| part | examples | SHA-256 |
| --- | ---: | --- |
${info.data.map(({ role, examples, sha256 }) => `| ${role} | ${examples} | \`${sha256}\` |`).join('\n')}

## Training

| setting | value |
| --- | --- |
| epochs | ${stopped === undefined ? epochs : `${epochs} planned, ${stopped.epochs} done`} (the best, ${bestEpoch}, was kept) |
| batch size | ${accumulate === 1 ? batchSize : `${accumulate} × ${batchSize}, gradients added up`} |
| learning rate | ${learningRate}, warm-up over a tenth of the steps, then linear to 0 |
| optimiser | AdamW, weight decay ${weightDecay}, gradients clipped at norm ${clipping} |
| longest sequence | ${info.maxLength} tokens |
| frozen | ${frozenParts(freeze)} |
| seed | ${info.seed} |
${Object.entries(info.versions)
  .map(([program, version]) => `| ${program} | ${version} |`)
  .join('\n')}

## Scores

| score | value |
| --- | ---: |
${Object.entries(info.scores)
  .map(([score, value]) => `| ${score} | ${value.toFixed(4)} |`)
  .join('\n')}

The dev part chose the epoch, so its score is a little too good. Measure on data the model has not seen.

## Use

\`\`\`python
from transformers import AutoTokenizer, ${kind.model}

tokenizer = AutoTokenizer.from_pretrained("${name}")
model = ${kind.model}.from_pretrained("${name}")
\`\`\`

\`model.onnx\` holds the same model: \`input_ids\`, \`attention_mask\`, \`token_type_ids\` to \`logits\`.
${info.relations === undefined ? '' : `\n${pairsPart(info.relations)}`}`;
}

/** Which pairs of mentions a relation model judges, and the texts that it reads. */
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

function frozenParts(freeze: number | undefined): string {
  if (freeze === undefined) return 'nothing';
  if (freeze === 0) return 'the embeddings';
  return `the embeddings and the lowest ${freeze === 1 ? 'layer' : `${freeze} layers`}`;
}
