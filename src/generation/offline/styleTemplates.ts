import templates from '../../../lexicon/templates.json' with { type: 'json' };
import type { Template } from './grammar.ts';

export interface StyleTemplates {
  /** Templates with mentions. */
  readonly tagged: readonly Template[];
  /** Templates without mentions. */
  readonly plain: readonly Template[];
}

/** By the names of the default styles. */
const templatesByStyle: ReadonlyMap<string, StyleTemplates> = new Map(
  Object.entries({
    'discharge summary': { tagged: templates.dischargeSummary, plain: templates.plainNote },
    'progress note': { tagged: templates.progressNote, plain: templates.plainNote },
    'ED note': { tagged: templates.edNote, plain: templates.plainNote },
    'radiology report': { tagged: templates.radiologyReport, plain: templates.plainRadiology },
    'clinic letter': { tagged: templates.clinicLetter, plain: templates.plainLetter },
    'nursing note': { tagged: templates.nursingNote, plain: templates.plainNote },
    'PubMed abstract': {
      tagged: [
        ...templates.pharmacology,
        ...templates.findings,
        ...templates.observations,
        ...templates.genetics,
      ],
      plain: [...templates.plainLiterature, ...templates.plainResearch, ...templates.plainGenetics],
    },
    'case report': {
      tagged: templates.caseReport,
      plain: [...templates.plainCaseReport, ...templates.plainLiterature, ...templates.plainResearch],
    },
  }),
);

const everyTemplate: StyleTemplates = {
  tagged: [...new Set([...templatesByStyle.values()].flatMap(({ tagged }) => tagged))],
  plain: [...new Set([...templatesByStyle.values()].flatMap(({ plain }) => plain))],
};

/** The templates of a style, or those of all styles if the style is one of the project's own. */
export function styleTemplates(style: string): StyleTemplates {
  return templatesByStyle.get(style) ?? everyTemplate;
}

const noteStyles: ReadonlySet<string> = new Set([
  'discharge summary',
  'progress note',
  'ED note',
  'nursing note',
  'radiology report',
]);

/** Whether texts in a style are written in haste, with inconsistent capitals. */
export function isNoteStyle(style: string): boolean {
  return noteStyles.has(style);
}
