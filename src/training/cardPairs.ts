import type { RelationSchema } from '../project/relationSchema.ts';

/** Which pairs of mentions a relation model judges, and the texts that it reads. */
export function pairsPart({ input, window, types }: RelationSchema): string {
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
