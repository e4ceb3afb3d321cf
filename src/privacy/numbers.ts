import type { Hints } from './hints.ts';
import { allMatches, type IdentifierFinding, type IdentifierKind, matches } from './identifierKinds.ts';

const idWord = String.raw`(?:no\b\.?|num(?:ber)?\b|nr\b\.?|id\b|identifier\b|code\b|#)`;
const gap = String.raw`\s*(?:is\s|ending\s(?:in\s)?|:|#|=)?\s*`;

/** A value from its first digit on; letters before the digit also belong to the value. */
const valueFromDigit = /\d(?:[A-Za-z0-9]|[-/](?=[A-Za-z0-9]))*/g;
/** How far before a value its label may begin, in characters. */
const labelReach = 48;

interface Labels {
  readonly kind: IdentifierKind;
  /** Words after which a value is an identifier. */
  readonly strong: string;
  /** Words after which a value is an identifier only with "number", "no.", "ID" or "#". */
  readonly weak: string;
}

const labels: readonly Labels[] = [
  { kind: 'vehicle', strong: 'VIN|licen[cs]e plate|number plate|registration plate', weak: 'plate|vehicle' },
  {
    kind: 'medical-record',
    strong: 'MRN|NHS number|medical record|med\\.? rec\\.?',
    weak: 'MR|record|hospital|chart|patient|pt|unit',
  },
  {
    kind: 'health-plan',
    strong: 'Medicare|Medicaid|MBI|HICN|subscriber|beneficiary',
    weak: 'member|policy|group|plan|insurance|beneficiary|coverage',
  },
  { kind: 'account', strong: 'account|acct|invoice', weak: 'billing|bank|card|payment|bill' },
  {
    kind: 'licence',
    strong: "DEA|NPI|driver(?:['\u2019]?s)? licen[cs]e|medical licen[cs]e",
    weak: 'licen[cs]e|certificate|certification|registration|permit',
  },
  {
    kind: 'device',
    strong: 'S/N|SN|UDI|IMEI|serial',
    weak: 'device|serial|implant|lot|pump|valve|model serial',
  },
  {
    kind: 'other',
    strong: 'accession|passport|encounter',
    weak: 'specimen|sample|study|subject|participant|case|claim|visit|order|ticket|requisition|employee|badge|national|tax|admission|donor|booking|reference',
  },
];

const labelled = labels.map(({ kind, strong, weak }) => ({
  kind,
  before: new RegExp(
    `(?<![\\w-])(?:(?:${strong})(?![A-Za-z])(?:\\s?${idWord})*|(?:${weak})\\s?${idWord}+)${gap}$`,
    'i',
  ),
}));
/** Every label ends with this, so most values can be skipped quickly. */
const labelEnd = /[A-Za-z.#:=]\s*$/;

const plate =
  /(?<before>\b(?:licen[cs]e|number|registration) plate(?:\s(?:no\.?|number))?[\s#:]+)(?=[A-Z0-9 -]*\d)[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,4}\b/gi;
const lot = /(?<before>\blot(?:\s(?:no\.?|number))?[\s#:]+)[A-Z]?\d{4,}[A-Z0-9-]*\b/gi;
const ssn = /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g;
const labelledSsn =
  /(?<before>\b(?:SSN|social security(?:\s(?:no\.?|number))?)[:# ]*(?:is\s|ending\s(?:in\s)?)?\s*)(?:\d{3}[ -]?\d{2}[ -]?\d{4}|\d{4})(?![\w-])/gi;
const card = /(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w-])/g;
const iban = /(?<![\w-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![\w-])/g;
const medicareBeneficiary = /(?<![\w-])[1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d{2}(?![\w-])/g;
const vin = /(?<![\w-])[A-HJ-NPR-Z0-9]{17}(?![\w-])/g;
const mac = /(?<![\w:-])(?:[\dA-F]{2}([:-]))(?:[\dA-F]{2}\1){4}[\dA-F]{2}(?![\w:-])/gi;
const udi = /\(01\)\s?\d{14}(?:\(\d{2}\)[\w-]+)*/g;
const longNumber = /(?<![\w.,:+*>-])\d{9,}(?![\w-]|[.,]\d|\s?(?:bp|copies|cells|genomes))/g;

/** Numbers assigned to a person or to something of theirs: records, plans, accounts, licences, vehicles, devices. */
export function* findNumbers(text: string, { digits, digitsInRow }: Hints): Generator<IdentifierFinding> {
  if (digitsInRow >= 4) {
    yield* matches(text, labelledSsn, 'ssn');
    yield* matches(text, ssn, 'ssn');
  }
  yield* matches(text, mac, 'device');
  if (digitsInRow >= 14) yield* matches(text, udi, 'device');
  if (digits >= 3) yield* findLabelled(text);
  if (digitsInRow >= 4) yield* matches(text, lot, 'device');
  yield* matches(text, plate, 'vehicle');
  if (digits >= 5) yield* matches(text, medicareBeneficiary, 'health-plan');
  yield* matches(text, iban, 'account');
  if (digits >= 13) {
    yield* matches(text, card, 'account', (found) => hasLuhnDigit(digitsIn(found)));
  }
  if (digits >= 5) yield* matches(text, vin, 'vehicle', (found) => digitsIn(found).length >= 5);
  if (digitsInRow >= 9) yield* matches(text, longNumber, 'other');
}

function digitsIn(found: string): string {
  return found.replaceAll(/\D/g, '');
}

/** Values with at least three digits after a label. */
function* findLabelled(text: string): Generator<IdentifierFinding> {
  for (const match of allMatches(text, valueFromDigit)) {
    let start = match.index;
    while (start > 0 && /[A-Za-z0-9]/.test(text[start - 1] ?? '')) start--;
    while (start > 1 && /[-/]/.test(text[start - 1] ?? '') && /[A-Za-z0-9]/.test(text[start - 2] ?? '')) {
      start--;
      while (start > 0 && /[A-Za-z0-9]/.test(text[start - 1] ?? '')) start--;
    }
    const end = match.index + match[0].length;
    if (digitsIn(text.slice(start, end)).length < 3) continue;
    const before = text.slice(Math.max(0, start - labelReach), start);
    if (!labelEnd.test(before)) continue;
    const label = labelled.find((candidate) => candidate.before.test(before));
    if (label !== undefined) yield { kind: label.kind, start, end };
  }
}

/** The check digit of payment cards (ISO/IEC 7812-1). */
function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length >= 13 && sum % 10 === 0;
}
