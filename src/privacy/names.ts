import { givenNames } from './givenNames.ts';
import type { IdentifierFinding } from './identifierKinds.ts';

const part = String.raw`\p{Lu}(?:\p{L}|['\u2019](?=\p{L})|-(?=\p{Lu})){1,30}(?!\p{L})`;
const initial = String.raw`\p{Lu}\.`;
const piece = String.raw`(?:${part}|${initial})`;
const particle = String.raw`(?:(?:van|von|de|da|del|della|di|la|le|bin|al|el|der|den|dos|ter)\s)*`;
const names = (most: number): string => String.raw`${piece}(?:\s${particle}${piece}){0,${most - 1}}`;
const family = String.raw`${part},\s${part}(?:\s${initial})?`;

const title = String.raw`(?:Mrs?|Ms|Miss|Mx|Drs?|Prof|Professor|Master|Doctor|Nurse|RN|LPN|NP|Rev|Rabbi|Sgt|Se\u00F1ora?|Baby\s(?:[Bb]oy|[Gg]irl)|Practitioner)\b\.?`;
const titled = new RegExp(
  String.raw`(?<before>(?<![\p{L}-])(?:${title}\s){1,2})${names(3)}(?:\sand\s${part})?`,
  'gu',
);

const lowerTitled =
  /(?<before>(?<![\p{L}\d-])(?<!\d\s)(?:mrs?\.?|(?:ms|dr|miss)\.)\s)\p{Ll}{2,}(?:-\p{Ll}+)?(?=[\s,;.:'\u2019)]|$)/gu;

const role = String.raw`(?:[Pp]atient(?:'s)?(?:\s[Nn]ame)?|[Pp]t\.?(?:\s[Nn]ame)?|[Nn]ame|[Ff]ull\s[Nn]ame|[Aa]ttending(?:\s[Pp]hysician)?|[Rr]esident|[Ss]urgeon|[Pp]hysician|[Pp]rovider|PCP|GP|[Nn]ext\sof\s[Kk]in|NOK|[Pp]ower\sof\s[Aa]ttorney|POA|[Ee]mergency\s[Cc]ontact|[Ii]nterpreter|[Ss]igned|[Ww]itness|[Cc]aregiver|[Gg]uardian|[Ss]ocial\s[Ww]orker|[Tt]herapist|cc|CC|Attn)`;
const labelled = new RegExp(
  String.raw`(?<before>(?<![\p{L}-])${role}(?:\s?:\s*|,\s|\s\())(?:${family}|${names(4)})`,
  'gu',
);
const roleBefore = new RegExp(String.raw`(?<before>(?<![\p{L}-])${role}\s)${names(4)}`, 'gu');
const letter = new RegExp(
  String.raw`(?<before>(?<![\p{L}-])(?:Dear|Sincerely|Regards|Respectfully),?\s)${names(4)}`,
  'gu',
);
const actor = new RegExp(String.raw`(?<before>\b(?:by|with|to|from|per)\s)(?:${names(4)})`, 'gu');
const kin = new RegExp(
  String.raw`(?<before>\b(?:[Dd]aughter|[Ss]on|[Ww]ife|[Hh]usband|[Mm]other|[Ff]ather|[Ss]ister|[Bb]rother|[Ff]riend|[Aa]unt|[Uu]ncle|[Cc]ousin|[Nn]iece|[Nn]ephew|[Pp]artner|[Nn]eighbou?r|[Gg]rand(?:mother|father|son|daughter)|dtr|bro|sis|[Mm]om|[Dd]ad|[Ss]pouse|[Gg]irlfriend|[Bb]oyfriend|HCP|[Ff]ianc\u00E9e?|[Tt]herapist|[Ww]orker|[Ii]nterpreter|[Rr]oommate)(?:,\s|\s\(|\s))${names(3)}`,
  'gu',
);
const sender = new RegExp(
  String.raw`(?<before>\b(?:[Ll]etter|[Nn]ote|[Cc]all|[Mm]essage|[Ee]-?mail|[Rr]eport|[Rr]eferral|[Cc]onsult)\s(?:from|to|by|with)\s)${names(3)}`,
  'gu',
);
const consultant = new RegExp(
  String.raw`(?<before>\b(?:cards|[Cc]ardiology|[Nn]euro(?:logy)?|[Oo]nc(?:ology)?|[Rr]enal|[Pp]ulm|[Oo]rtho|[Ss]urgery|[Pp]sych|[Dd]erm|GI|ID|ENT|[Cc]onsult|[Ss]pecialist|[Pp]harmacist)\s\()${part}(?=\))`,
  'gu',
);
const speaker = new RegExp(
  String.raw`(?<=^|[.;:!?]\s)${part}(?=\s(?:denies|denied|endorses|complains|complained|reports|reported|states|stated|says|said|slept|feels|felt|wants|wanted|asks|asked|agrees|agreed)\s(?!by\b|at\b|as\b|for\b|of\b|on\b|in\b|to\b|have\b|has\b|were\b|are\b|is\b|describe|indicate|suggest|show))`,
  'gu',
);
const givenAlone = new RegExp(String.raw`(?<![\p{L}'\u2019-])${part}(?![\p{L}'\u2019-]|\s?-)`, 'gu');
const credentials = new RegExp(
  String.raw`(?<![\p{L}-])(?:${names(4)}),\s(?:M\.?D\.?|D\.?O\.?|Ph\.?D\.?|R\.?N\.?|N\.?P\.?|PA-C|FACS|FRCP|LCSW|DDS|PharmD|MBBS)(?![\p{L}])`,
  'gu',
);
const lastFirst = new RegExp(String.raw`(?<![\p{L}-])${family}`, 'gu');
const full = new RegExp(String.raw`(?<![\p{L}-])${part}\s(?:${piece}\s)?${particle}${part}`, 'gu');

/** What follows an eponym: then it is no person of this text. */
const afterEponym =
  /^\s?-\s?\p{Lu}|^(?:['\u2019]s)?[\s-](?:\p{L}+[\s-])?(?:syndromes?|disease|disorder|signs?|tests?|scores?|scale|stages?|staging|classification|criteria|catheter|tube|murmur|reaction|stain|blue|cells?|bod(?:y|ies)|procedure|operation|method|curves?|grade|grading|nodes?|virus|fever|lymphoma|sarcoma|tumou?r|protein|exact|palsy|chart|phenomenon|thyroiditis|position|maneuver|manoeuvre|solution|factor|law|ring|tear|fracture|contracture|ataxia|dystrophy|an(?:a?e)mia|index|equation|formula|correction|mouse|mice|rats?|strain|algorithm|regimen|protocol|trial|model|wort|nevus|cyst|hernia|ulcer|esophagus|reflex|triad|line|loop|glands?|canal|duct|agar|medium|assay|blot|cannula|splint|design|transform|foundation|institute|university)\b/iu;

/** Words with a capital that begin sentences, name wards and tests, and so on, but nobody. */
const noName = new Set(
  (
    'The A An This That These He She It They We I His Her Their No Not Patient Patients Pt Family Mother Father ' +
    'Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September ' +
    'October November December Cardiology Neurology Nephrology Oncology Surgery Medicine Radiology Psychiatry Pathology ' +
    'Urology Gynecology Dermatology Hematology Infectious Disease Diseases Pharmacy Nursing Emergency Department Intensive ' +
    'Care Unit Clinic Hospital Service Team Social Work Physical Occupational Speech Therapy Internal Family Primary Rapid ' +
    'Response Manager Practitioner Anesthetist Station Line Call Case Anesthesia Orthopedics Pediatrics Endocrinology ' +
    'Gastroenterology Pulmonology Pulmonary Rheumatology Ophthalmology Palliative Home Health Blood Bank Laboratory Lab ' +
    'Seen Stable Alert Awake Reports Denies States Will Sir Madam Colleague Doctor Colleagues Allergies None Unknown ' +
    'British Pakistani Indian Mexican Dr Drs Mr Mrs Ms Miss Prof Professor Syndrome Disease Test Score Scale Sign Hospital Center Centre County Street ' +
    'Wife Husband Son Daughter Sister Brother Parents Parent Child Infant Client Nurse Resident Staff Caregiver Neuro Renal ' +
    'Ortho Cards Literature Nobody Everyone Someone Who Which What There ' +
    'As Although While Because Once Until Like Unlike Such Some Any Each Every Most Many Few Several Other Others ' +
    'Declined Pending Follow Follow-up Discharge Admission Assessment Plan History Impression Findings Diabetes Hypertension ' +
    'Asthma Crohn Alzheimer Parkinson Hodgkin Wilson Down Turner Marfan Medicare Medicaid English Spanish French German ' +
    'Chinese American African Asian European Caucasian Hispanic North South East West New United Type Stage Grade Group Day ' +
    'Week Month Year Phase Table Figure Given Both All In On At Of For With From To By And Or But If When After Before Since ' +
    'During Per See Note Please Call Name Date Dear Re Sincerely Regards Yours Thank Thanks Best Kind Respectfully'
  ).split(' '),
);

interface Rule {
  readonly pattern: RegExp;
  readonly holds: (words: readonly string[]) => boolean;
}

const isGiven = (word: string | undefined): boolean =>
  word !== undefined && (givenNames.has(word) || givenNames.has(word.replace(/-.*/, '')));
const isGivenInCapitals = (word = ''): boolean =>
  /^\p{Lu}{3,}$/u.test(word) && givenNames.has(word.slice(0, 1) + word.slice(1).toLowerCase());
const isInitial = (word: string): boolean => /^\p{Lu}\.$/u.test(word);

const rules: readonly Rule[] = [
  { pattern: credentials, holds: (words) => words.length > 1 },
  { pattern: titled, holds: (words) => !/^\p{Lu}{1,3}$/u.test(words[0] ?? '') },
  { pattern: lowerTitled, holds: () => true },
  { pattern: sender, holds: () => true },
  { pattern: consultant, holds: (words) => !/^\p{Lu}+$/u.test(words[0] ?? '') },
  { pattern: speaker, holds: (words) => !/^\p{Lu}+$/u.test(words[0] ?? '') },
  { pattern: labelled, holds: (words) => words.length > 1 || isGiven(words[0]) },
  { pattern: roleBefore, holds: (words) => words.length > 1 && isGiven(words[0]) },
  { pattern: letter, holds: () => true },
  { pattern: kin, holds: (words) => !/^\p{Lu}{2,}$/u.test(words[0] ?? '') },
  {
    pattern: actor,
    holds: (words) =>
      isGiven(words[0]) || (words.length > 1 && words.length < 4 && isInitial(words[0] ?? '')),
  },
  { pattern: lastFirst, holds: (words) => isGiven(words[1]) || isGivenInCapitals(words[1]) },
  { pattern: full, holds: (words) => words.length > 1 && isGiven(words[0]) },
  { pattern: givenAlone, holds: (words) => isGiven(words[0]) },
];

/**
 * Names of people, by what stands around them (titles, roles, kinship, credentials) and by a list of given
 * names. A family name alone, without any of these, is not found.
 */
export function* findNames(text: string): Generator<IdentifierFinding> {
  for (const { pattern, holds } of rules) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index + (match.groups?.['before']?.length ?? 0);
      const end = match.index + match[0].length;
      const found = ownWords(text.slice(start, end));
      if (found === '' || afterEponym.test(text.slice(start + found.length))) continue;
      const words = found.split(/,?\s+/);
      if (holds(words)) yield { kind: 'name', start, end: start + found.length };
    }
  }
}

/** The words up to the first that is nobody's name; none when the first is such a word. */
function ownWords(found: string): string {
  let end = 0;
  for (const match of found.matchAll(/\S+/g)) {
    const word = match[0].replace(/[,.]$/, '');
    if (noName.has(word)) break;
    end = match.index + match[0].length;
  }
  return found.slice(0, end).replace(/,$/, '');
}
