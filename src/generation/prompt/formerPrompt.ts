import type { EntityType, RelationType } from '../../project/project.ts';
import { invented } from './promptDefaults.ts';

// The prompt of runs of the first plan. It is kept word for word: the texts of a run name the hash of their prompt, and a run of
// the offline writer that is resumed must come to the same files.

/** The templates that were built in. */
export const formerPrompts: Readonly<Record<'ner' | 're', string>> = {
  ner: `# System

You write realistic, fictitious clinical and biomedical text that trains a program to find mentions of these types:

{{types}}

Tag every mention of these types with inline tags, and tag nothing else, for example: "Given {{tags}} at home." Do not nest tags. Tag a name wherever it occurs, in brackets and as a part of a compound too.

${invented}

Reply with JSON only: {{reply}}

# Request

Write {{texts}} texts in {{language}}, {{length}}.
Style: {{style}}
{{tagged}} of them hold one or more tagged mentions; vary number and type of mentions, length and structure, and use negations, abbreviations and lists where the style has them.
{{entityFree}} of them hold no mention and no tag, yet read like the others: findings that are normal, methods, anatomy, genes, bare words such as "disease" or "drug", measurements, instructions.
{{confusable}} of those without a mention hold words that are easily mistaken for one, and leave them untagged: {{lookalikes}}.
{{about}}, and tags it: {{seeds}}.
`,
  re: `# System

You write realistic, fictitious biomedical sentences that train a program to tell whether a {{head}} and a {{tail}} are in the relation "{{relation}}".

{{types}}

The relation "{{relation}}": {{definition}}

Each sentence has exactly one <{{head}}>...</{{head}}> and one <{{tail}}>...</{{tail}}> tag, and names neither again. Other genes and diseases may occur untagged.

${invented}

Reply with JSON only: {{reply}}

# Request

Write {{texts}} sentences in {{language}}.
Style: {{style}}
{{related}} of them state the relation ("relation": "{{relation}}").
{{unrelated}} of them do not ("relation": "none"): study aims, methods, an association that was looked for and not found, a mere mention together.
{{about}}, and tags it: {{seeds}}.
`,
};

/** The length of a text, by its unit. */
export const formerLengths = {
  sentences: 'each of one to three sentences',
  notes:
    'each a whole note of about 120 to 350 words, with the sections, headings and lists that such notes have and line ' +
    'breaks between them',
} as const;

/** Words that are easily mistaken for a mention: all counter-examples. */
export function formerLookalikes(types: readonly EntityType[]): readonly string[] {
  return [...new Set(types.flatMap(({ counterExamples }) => counterExamples))];
}

/** When a relation holds. */
export function formerDefinition({
  name,
  definition,
  examples = [],
  counterExamples = [],
}: RelationType): string {
  return [
    definition,
    examples.length === 0 ? '' : `Examples: ${examples.join('; ')}.`,
    counterExamples.length === 0 ? '' : `Not "${name}": ${counterExamples.join('; ')}.`,
  ]
    .filter((line) => line !== '')
    .join(' ');
}
