import { placeholders } from './promptPlaceholders.ts';

/** In all prompts, of former versions, too. */
export const invented =
  'All people, places and numbers are invented. Write no names of persons, no full dates, no telephone, record or other ' +
  'identifying numbers; where a note would have one, write a placeholder such as [NAME] or [DATE].';

/** The templates of projects that have none of their own. */
export const builtInPrompts: Readonly<Record<'ner' | 're', string>> = {
  ner: `# System

You write realistic, fictitious clinical and biomedical text that trains a program to find mentions of these types:

{{types}}

Tag every mention of these types with inline tags, and tag nothing else, for example: "Given {{tags}} at home." Do not nest tags. Tag a name wherever it occurs, in brackets and as a part of a compound too.

${invented}

Reply with JSON only: {{reply}}

# Request

Write {{texts}} texts in {{language}}, {{length}}.
Style: {{style}}
{{tagged}} of them hold one or more tagged mentions; vary the number and type of the mentions, the structure and, within these limits, the length, and use negations, abbreviations and enumerations where the style has them.
{{abbreviated}} of those introduce a name together with its abbreviation and use the abbreviation alone afterwards, in the form "long form (ABBR) ... ABBR". Unless a guideline above says otherwise, the long form and each abbreviation are tagged separately.
{{entityFree}} of them hold no mention and no tag, yet read like the others; they are about other things: {{harmless}}.
{{confusable}} of those without a mention hold words that are easily mistaken for one, and leave them untagged: {{lookalikes}}.
{{about}}, and tags it: {{seeds}}.
{{choice}}
`,
  re: `# System

You write realistic, fictitious biomedical sentences that train a program to tell whether a {{head}} and a {{tail}} are in the relation "{{relation}}".

{{types}}

The relation "{{relation}}": {{definition}}

Each sentence has exactly one <{{head}}>...</{{head}}> and one <{{tail}}>...</{{tail}}> tag, and names neither of the two again. Other names of these types may occur in it, but stay untagged.

${invented}

Reply with JSON only: {{reply}}

# Request

Write {{texts}} sentences in {{language}}.
Style: {{style}}
{{related}} of them state the relation ("relation": "{{relation}}").
{{unrelated}} of them do not ("relation": "none"): {{negatives}}.
{{about}}, and tags it: {{seeds}}.
{{choice}}
`,
};

/** A template as a file to be edited. A comment in it explains its placeholders. */
export function editableTemplate(task: 'ner' | 're', template: string, remark = ''): string {
  const width = Math.max(...placeholders[task].map(({ name }) => name.length)) + 4;
  const list = placeholders[task].map(({ name, meaning, isRequired }) => {
    const written = `{{${name}}}`.padEnd(width);
    return `${written}  ${meaning}${isRequired === true ? ' (required)' : ''}`;
  });
  const texts = task === 'ner' ? 'texts with tagged mentions' : 'sentences with relations';
  return `<!--
With this prompt Chartmark requests ${texts} from a language model. Edit it below. Comments like this one are not sent.
The first part is the system message, the second the request. A line whose placeholder is empty (such as the topics, if
there are none) is left out. "chartmark prompt --task ${task}" shows what would be sent.
${remark === '' ? '' : `\n${remark.replaceAll('--', '-')}\n`}
${list.join('\n')}
-->

${template}`;
}
