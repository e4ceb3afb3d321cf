import type { Template } from './grammar.ts';
import { caseReport, plainCaseReport } from './templates/caseReport.ts';
import { genetics, plainGenetics } from './templates/genetics.ts';
import { clinicLetter, plainLetter, plainRadiology, radiologyReport } from './templates/lettersAndReports.ts';
import { dischargeSummary, edNote, nursingNote, plainNote, progressNote } from './templates/notes.ts';
import { findings } from './templates/findings.ts';
import { observations } from './templates/observations.ts';
import { pharmacology } from './templates/pharmacology.ts';
import { plainLiterature } from './templates/plainLiterature.ts';
import { plainResearch } from './templates/plainResearch.ts';

export interface StyleTemplates {
  /** Templates with mentions. */
  readonly tagged: readonly Template[];
  /** Templates without mentions. */
  readonly plain: readonly Template[];
}

/** By the names of the default styles. */
const templatesByStyle: Readonly<Record<string, StyleTemplates>> = {
  'discharge summary': { tagged: dischargeSummary, plain: plainNote },
  'progress note': { tagged: progressNote, plain: plainNote },
  'ED note': { tagged: edNote, plain: plainNote },
  'radiology report': { tagged: radiologyReport, plain: plainRadiology },
  'clinic letter': { tagged: clinicLetter, plain: plainLetter },
  'nursing note': { tagged: nursingNote, plain: plainNote },
  'PubMed abstract': {
    tagged: [...pharmacology, ...findings, ...observations, ...genetics],
    plain: [...plainLiterature, ...plainResearch, ...plainGenetics],
  },
  'case report': { tagged: caseReport, plain: [...plainCaseReport, ...plainLiterature, ...plainResearch] },
};

const everyTemplate: StyleTemplates = {
  tagged: [...new Set(Object.values(templatesByStyle).flatMap(({ tagged }) => tagged))],
  plain: [...new Set(Object.values(templatesByStyle).flatMap(({ plain }) => plain))],
};

/** The templates of a style, or those of all styles if the style is one of the project's own. */
export function styleTemplates(style: string): StyleTemplates {
  return templatesByStyle[style] ?? everyTemplate;
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
