import { capitalised } from '../foundation/capitalised.ts';
import type { EntityType, RelationType, TextStyle } from './annotationTypes.ts';

/** The entity types of a project that does not define any. */
export const builtInEntityTypes: readonly EntityType[] = [
  {
    name: 'Disease',
    definition:
      'A named disease, disorder, syndrome, injury, symptom, clinical sign or adverse reaction of a patient or an animal.',
    guideline:
      'Take the words that belong to the name ("chronic renal failure"), not severity or course ("severe", "recurrent"). ' +
      'Tag an abbreviation in brackets by itself, and also a name that modifies another word ("cancer patients"). ' +
      'Leave out genes, procedures, anatomy, normal findings and the bare words "disease", "disorder" and "syndrome".',
    examples: ['cystic fibrosis', 'COPD', 'nausea', 'acute renal failure', 'hepatotoxicity'],
    counterExamples: ['disease', 'BRCA1', 'left ventricle', 'colonoscopy', 'blood pressure'],
  },
  {
    name: 'Chemical',
    definition: 'A drug, a chemical compound or element, or a named class of them.',
    guideline:
      'Take the name without dose, route or form. Tag an abbreviation in brackets by itself, and also a drug that is part ' +
      'of a compound word ("lithium-induced"). Leave out proteins, genes, food and vague words such as "drug" or "agent".',
    examples: ['metformin', '5-fluorouracil', 'potassium', 'benzodiazepines', 'L-dopa'],
    counterExamples: ['20 mg', 'the drug', 'insulin receptor', 'placebo', 'antihypertensive therapy'],
  },
  {
    name: 'Procedure',
    definition: 'A diagnostic, therapeutic or surgical procedure that was done, planned or advised.',
    guideline:
      'Take the name with the words that tell which one ("CT of the abdomen", "laparoscopic cholecystectomy"). ' +
      'Leave out bare words such as "surgery", "treatment", "test" and giving a drug.',
    examples: ['colonoscopy', 'chest X-ray', 'hemodialysis', 'total knee arthroplasty'],
    counterExamples: ['surgery', 'treatment', 'physical examination', 'follow-up'],
  },
  {
    name: 'Gene',
    definition: 'A human gene or its protein product, by symbol or by name.',
    guideline: 'Take the symbol or name without "gene", "protein" or the name of a variant.',
    examples: ['BRCA1', 'CFTR', 'TNF-alpha'],
    counterExamples: ['gene', 'chromosome 17', 'Val66Met'],
    relationsOnly: true,
  },
];

/** The relation types of a project that defines neither entity types nor relation types. */
export const builtInRelationTypes: readonly RelationType[] = [
  {
    name: 'association',
    head: 'Gene',
    tail: 'Disease',
    definition:
      'The sentence states that the gene, a variant of it or its expression is associated with the disease, causes it, ' +
      'or alters its risk or course. An aim, a mere mention together or a denied association is none.',
  },
];

const aSentenceOf = 'A sentence of ';

/** The styles of a project that does not define any. */
export const builtInStyles: readonly TextStyle[] = [
  {
    name: 'discharge summary',
    description:
      'Hospital course, diagnoses, medications with doses, and plan at discharge; terse, with abbreviations.',
  },
  {
    name: 'progress note',
    description:
      'A daily note of a ward doctor: overnight events, assessment and plan by problem; clipped sentences.',
  },
  {
    name: 'ED note',
    description:
      'An emergency department note: complaint, history with denials, examination, what was given, disposition.',
  },
  {
    name: 'radiology report',
    description:
      'Indication, technique, findings and impression of an imaging study; many negations and normal findings.',
  },
  {
    name: 'clinic letter',
    description: 'A letter of a specialist to the family doctor; full, polite sentences.',
  },
  {
    name: 'nursing note',
    description:
      'A timed entry of a nurse: observations, what was given and how it was borne; clipped sentences.',
  },
  {
    name: 'PubMed abstract',
    description: `${aSentenceOf}a research abstract on pharmacology, toxicology, genetics or a clinical trial.`,
    weight: 5,
    relations: true,
  },
  {
    name: 'case report',
    description: `${aSentenceOf}a published case: age and sex, presentation, drug exposure, course and outcome.`,
    weight: 2,
    relations: true,
  },
];

/** Descriptions for whole notes, by the built-in description that begins with "A sentence of". */
export const noteDescriptions: ReadonlyMap<string, string> = new Map(
  builtInStyles
    .filter(({ description }) => description.startsWith(aSentenceOf))
    .map(({ description }) => [description, capitalised(description.slice(aSentenceOf.length))]),
);
