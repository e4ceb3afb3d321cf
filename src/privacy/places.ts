import type { Hints } from './hints.ts';
import { isWideArea, stateCodes, states } from './geography.ts';
import { afterContext, type IdentifierFinding, matches } from './identifierKinds.ts';

const word = String.raw`\p{Lu}[\p{L}'\u2019.-]{0,30}`;
const town = String.raw`${word}(?:\s${word}){0,2}`;
const stateAndZip = String.raw`(?:,?\s(?:(?:${stateCodes})\b|${states}))?(?:,?\s\d{5}(?:-\d{4})?\b)?`;
const streetKind =
  '(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Boulevard|Blvd|Court|Ct|Way|Place|Terrace|Circle|Parkway|Pkwy|Highway|Hwy|Square|Close|Crescent|Alley|Row|Broadway)';

const street = new RegExp(
  `(?<![\\w.,/-])\\d{1,5}[A-Z]?\\s(?:[NSEW]\\.?\\s)?(?:${word}\\s){0,4}?${streetKind}\\b\\.?` +
    `(?:,?\\s(?:Apt|Apartment|Suite|Ste|Unit|Floor|#)\\.?\\s?[\\w-]+)?(?:,\\s${town}${stateAndZip})?`,
  'gu',
);
const postBox = new RegExp(`\\bP\\.?\\s?O\\.? Box \\d+(?:,\\s${town}${stateAndZip})?`, 'gu');
const zip =
  /(?<before>\b(?:zip(?:\s?code)?|postal code|postcode)[: ]*\s*(?:is\s)?)(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b/gi;
const townStateZip = new RegExp(
  `(?<![\\p{L}\\d-])${town},?\\s(?:${stateCodes})\\s\\d{5}(?:-\\d{4})?\\b`,
  'gu',
);
const townState = new RegExp(`(?<![\\p{L}\\d-])${town},\\s(?:${states})\\b`, 'gu');
/**
 * Without a postcode, only after a preposition of place or on its own line: state codes abbreviate many other things.
 */
const townCode = new RegExp(
  `(?<before>\\b(?:from|in|near|outside)\\s|(?:^|\\n))${town},\\s(?:${stateCodes})(?=[ ]*(?:$|\\n|[.;)]|\\s\\p{Ll}))`,
  'gu',
);
const county = new RegExp(`(?<![\\p{L}-])(?:${word}\\s){1,2}(?:County|Parish|Township|Borough)\\b`, 'gu');

const facilityKind =
  '(?:Hospital|Medical Center|Medical Centre|Clinic|Infirmary|Sanatorium|Nursing Home|Care Home|Nursing Center|Rehabilitation Center|Rehab(?:ilitation)?|Assisted Living|Hospice|Health Center|Health System|Surgery Center|Cancer Center|Retirement Home|Skilled Nursing)';
const facility = new RegExp(
  `(?<![\\p{L}-])(?:St\\.\\s)?(?:${word}\\s(?:of\\s|the\\s|and\\s)*){1,4}${facilityKind}\\b(?!\\s(?:Day|Course|No|number|ID))`,
  'gu',
);

const stay =
  'lives? living lived resides residing resident resided works? working born raised grew\\sup moved relocated originally ' +
  'comes came emigrated immigrated native home stays visiting arrived travelled traveled transferred SNF OSH rehab facility man woman boy girl male female';
const namedHospital = new RegExp(
  `(?<![\\p{L}-])(?:(?:${word}\\s)(?:General|Memorial|Presbyterian|Methodist|Baptist)|(?:St\\.|Saint)\\s\\p{Lu}\\p{L}+['\u2019]s)(?![\\p{L}-]|\\s\\p{Ll}+(?:ity|ion)\\b|\\s(?:wort|fire|anesthesia))`,
  'gu',
);
const residence = afterContext(
  `\\b(?:\\d{2}\\s?(?:yo\\s?)?[MF]|${stay.replaceAll(/(?<=^| )\p{Ll}/gu, (first) => `[${first.toUpperCase()}${first}]`).replaceAll(' ', '|')})` +
    `(?:\\s(?:here|there|back|as a child|currently|now|alone|with \\w+|at a \\w+))*\\s(?:in|from|to|near|of|at|outside)\\s(?:the\\s(?:city|town|village)\\sof\\s)?`,
  town,
);

/** Every name of a county or hospital contains one of these, so most texts can be skipped quickly. */
const kindHint =
  /\s(?:County|Parish|Township|Borough|Hosp|Medical|Clinic|Infirmary|Sanatorium|Nursing|Care|Rehab|Assisted|Health|Surgery|Cancer|Retirement|Skilled|General|Memorial|Presbyterian|Methodist|Baptist)|S(?:t\.|aint)\s/;

/** Capitalised words that can describe any hospital and so do not name one. */
const generic = new Set(
  (
    'The A An Our This Local General Community Regional County City State Public Private Outpatient Inpatient Medical ' +
    'Surgical Urgent Emergency Intensive Care Unit Multidisciplinary Vascular Pain Cardiology Cardiac Oncology Cancer Eye ' +
    'Dental Primary Family Women Women\u2019s Children Children\u2019s' +
    " Women's Children's " +
    ' Pediatric Psychiatric Mental Day Walk-in Sleep Memory ' +
    'Diabetes Diabetic Renal Dialysis Transplant Heart Stroke Trauma Burn Hospital Ward Department Clinic Center Specialty ' +
    'Neurology Neurosurgery Orthopedic Orthopaedic Dermatology Rheumatology Urology Gynecology Obstetric Endocrine Wound ' +
    'Fracture Headache Asthma Chest Breast Skin Foot Hand Spine Fertility Genetics Anticoagulation Coumadin HIV TB ENT GI ' +
    'University Teaching Tertiary Academic Acute Subacute Long Term Skilled Nursing Home Rehab Rehabilitation Hospice In At ' +
    'Pulmonary Chronic Sample Affiliated First Second Third Fourth Fifth Central National Military Department Division Institute Ethics Ethical ' +
    'Committee Internal Medicine Therapy Maternity Gastroenterology Surgery Radiology Pathology University\u2019s People ' +
    'Review Board Guard Veterans ' +
    'From To Of Discharged Admitted Transferred Seen Followed Return Weekly Monthly New Follow-up Follow Up Pre-op Preoperative'
  ).split(' '),
);

/** Places smaller than a state: addresses, towns, counties, postcodes, hospitals. */
export function* findPlaces(
  text: string,
  { digits, digitsInRow, innerCapital }: Hints,
): Generator<IdentifierFinding> {
  if (digits > 0 && innerCapital) {
    yield* matches(text, street, 'place');
    yield* matches(text, postBox, 'place');
  }
  if (digits > 0) yield* matches(text, zip, 'place');
  if (digitsInRow >= 5) yield* matches(text, townStateZip, 'place');
  if (!innerCapital) return;
  if (/,\s[A-Z]/.test(text)) {
    yield* matches(text, townState, 'place', (found) => !generic.has(found.split(' ')[0] ?? ''));
  }
  if (/,\s[A-Z]{2}(?![A-Za-z\d])/.test(text)) {
    yield* matches(text, townCode, 'place', (found) => isTown(found));
  }
  if (kindHint.test(text)) {
    yield* matches(text, county, 'place', (found) => hasOwnName(found));
    yield* matches(text, facility, 'place', (found) => hasOwnName(found));
    yield* matches(text, namedHospital, 'place', (found) => !startsGeneric(found));
  }
  if (!residence.hint.test(text)) return;
  yield* matches(text, residence.pattern, 'place', (found) => !isWideArea(found) && !startsGeneric(found));
}

const ward = /(?:Clinic|Ward|Office|Room|Lab|ly|logy|iatry|surgery|medicine|ics|CT|MRI)$/;

function isTown(found: string): boolean {
  return !startsGeneric(found) && !ward.test(found.replace(/,.*/, ''));
}

function startsGeneric(found: string): boolean {
  return generic.has(found.split(/[ .]/)[0] ?? '') || /^(?:I|II|III|IV|[A-Z]{2,})\b/.test(found);
}

function hasOwnName(found: string): boolean {
  const words = found.split(' ').slice(0, -1);
  return words.some((part) => /^\p{Lu}/u.test(part) && !generic.has(part) && !/^[A-Z]{2,}$/.test(part));
}
