import { noteDefaults, sentenceDefaults } from '../../project/generationSchema.ts';
import type { Project, TextStyle } from '../../project/project.ts';

const usual = {
  sentences: 'each an excerpt of one to three sentences',
  notes:
    'each a whole note of about 120 to 350 words, with the sections, headings and lists that such notes have and line ' +
    'breaks between them',
} as const;

const ofLists = 'each a dense list of five to twelve short lines, with line breaks between them';

/** Styles that are lists: one to three sentences would be another kind of text. */
const lists =
  /\b(?:lists?|review of systems|medication reconciliation|exam(?:ination)?s? by (?:region|system)s?)\b/iu;

/** How long the texts of a style are, in words for a prompt. The limits of the project are named if they are its own. */
export function lengthOfTexts(style: TextStyle, { generation }: Pick<Project, 'generation'>): string {
  const { unit, minLength, maxLength } = generation;
  const isList = unit === 'sentences' && lists.test(`${style.name} ${style.description}`);
  const words = style.length === undefined ? (isList ? ofLists : usual[unit]) : `each ${style.length}`;
  const defaults = unit === 'notes' ? noteDefaults : sentenceDefaults;
  const limits = [
    ...(minLength > defaults.minLength ? [`at least ${minLength} characters`] : []),
    ...(maxLength < defaults.maxLength ? [`at most ${maxLength} characters`] : []),
  ];
  return limits.length === 0 ? words : `${words} (${limits.join(', ')})`;
}
