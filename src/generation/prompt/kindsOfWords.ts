import type { EntityType } from '../../project/project.ts';

/** A kind of words that a project may tag with a type of its own, or may leave untagged. */
export interface KindOfWords {
  /** What such words are called in a prompt. */
  readonly name: string;
  /** Matches the name of a type that tags them, in lower case. */
  readonly type: RegExp;
  /** Matches words of this kind. */
  readonly words: RegExp;
}

const bodyParts =
  'abdom(?:en|inal)|aort(?:a|ic)|arm|arter(?:y|ies)|atrium|back|bladder|bone|bowel|brain|breast|chest|colon|coronary|ear|' +
  'elbow|esophag(?:us|eal)|eyes?|face|femur|foot|forearm|gallbladder|hand|head|heart|hip|jaw|joint|kidneys?|knees?|legs?|' +
  'limbs?|liver|lobes?|lungs?|lymph nodes?|mouth|muscles?|neck|nerves?|ovar(?:y|ies)|pancreas|pelvis|prostate|ribs?|' +
  'shoulders?|skin|skull|spine|spleen|stomach|thigh|thorax|throat|thyroid|tibia|toes?|trachea|uterus|valves?|veins?|' +
  'ventricles?|vertebra|wrist';
const vitalSigns =
  'blood pressure|bp|heart rate|hr|pulse|temperature|respiratory rate|oxygen saturation|spo2|weight|height|bmi|' +
  'creatinine|h(?:a?emoglobin|b)|glucose|sodium|potassium|platelets|white (?:blood )?cells?|wbc|inr|crp|tsh';

/**
 * The kinds. The name of a type is what people choose and stays close to these words; a definition also says what is not
 * meant, so it is not compared.
 */
export const kindsOfWords = {
  anatomy: {
    name: 'anatomy',
    type: /anatom|body|organ(?!ism)|(?:^|[_-])site|location/u,
    words: new RegExp(`\\b(?:${bodyParts})\\b`, 'iu'),
  },
  measurements: {
    name: 'measurements',
    type: /dos(?:e|age|ing)|strength|measure|quantit|value|result|vital|(?:^|[_-])lab|amount|\btest|investigation|observation|frequency|duration/u,
    words: /\d|\b(?:daily|hourly|weekly|twice|once)\b/iu,
  },
  investigations: {
    name: 'imaging',
    type: /\btest|(?:^|[_-])test|imaging|investigation|diagnostic/u,
    words: /(?:scopy|graphy|grams?|biopsy|x-ray|scans?|ultrasound)\b|\b(?:MRI|CT|PET|EEG|ECG)\b/iu,
  },
  tests: {
    name: 'test results',
    type: /(?:^|[_-])tests?(?:$|[_-])|(?:^|[_-])lab|vital|investigation|measure|observation/u,
    words: new RegExp(`\\b(?:${vitalSigns}|tests?|panel|examination|exam)\\b`, 'iu'),
  },
  procedures: {
    name: 'methods',
    type: /procedure|operation|surg|intervention|treatment|therap|method|imaging/u,
    words:
      /(?:scopy|ectomy|otomy|ostomy|plasty|graphy|grams?|biopsy|therapy|transplantation|dialysis|x-ray|scans?|ultrasound)\b|\b(?:MRI|CT|PET)\b/iu,
  },
  genes: {
    name: 'genes',
    type: /gene|protein/u,
    words: /\b(?:\p{Lu}{2,6}\d{1,3}|chromosome \d+|\p{L}+ (?:gene|receptor|protein))\b/u,
  },
  findings: {
    name: 'findings that are normal',
    type: /finding|observation|sign|test|lab|vital|imaging|investigation|anatom|body|organ(?!ism)/u,
    words: /\bnormal\b/iu,
  },
} satisfies Readonly<Record<string, KindOfWords>>;

/** Whether one of the types tags words of this kind. */
export function tagsKind(
  types: readonly Pick<EntityType, 'name'>[],
  kind: Pick<KindOfWords, 'type'>,
): boolean {
  return types.some(({ name }) => kind.type.test(name.toLowerCase()));
}
