import type { Hints } from './hints.ts';
import { type IdentifierFinding, matches } from './identifierKinds.ts';

const month = String.raw`(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\.?`;
const day = String.raw`(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`;
const year = String.raw`(?:19|20)\d{2}`;
const noMore = String.raw`(?![\w/]|[.,-]\d|\s?(?:%|mg|mL|kg|mm|cm|times)\b)`;

const named = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${month}\\s${day}(?:,?\\s${year})?|${day}(?:\\sof)?[\\s-]${month}(?:[,-]?\\s?${year})?|${month},?\\s(?:of\\s)?${year})${noMore}`,
  'gu',
);
const shortNamed = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${day}-${month}-\\d{2}|${day}${month}${year})${noMore}`,
  'gu',
);
const iso =
  /(?<![\w./-])(?:19|20)\d{2}([-/.])(?:1[0-2]|0[1-9])\1(?:3[01]|[12]\d|0[1-9])(?!(?!T\d\d)\w|[-/.]\d)/g;
const numeric =
  /(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2}|\d{2})(?!\w|[-/.]\d|\s?(?:%|mg|mL|units)\b)/g;

/** Things whose types are written with slashes. */
const typesBefore = /\b(?:HPV|types?|exons?|codons?|days|weeks|serotypes?|ratio)\s$/i;

/** Day and month as numbers look like a fraction, so they count only after a word that introduces a date. */
const dayAndMonth =
  /(?<before>\b(?:(?:f\/u|follow-?up|appt|appointment|visit|seen|(?:re)?admit(?:ted)?|d\/c|discharged?|clinic)\b[^.;:\d]{0,20}[\s(]|(?:on|since|until|till|through|dated|date|DOB|DOS|between|as of|due|visit of)[: ]\s*(?:the\s)?))(?:1[0-2]|0?[1-9])\/(?:3[01]|[12]\d|0?[1-9])(?![\w/]|[.-]\d|\s?(?:%|of\b|mg|mL|tab|strength|cup|dose|the\b|normal))/gi;

const birth =
  /(?<before>\b(?:DOB|D\.O\.B\.|born(?: on)?|date of birth)[: ]+)\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})\b/gi;

const birthNamed = new RegExp(
  String.raw`(?<before>\b(?:DOB|D\.O\.B\.|born(?: on)?|date of birth)[: ]+)${day}[-\s/.]?${month}[-\s/.,]{0,2}(?:\d{4}|\d{2})\b`,
  'gi',
);
/** Year, month and day without separators: only after a word that introduces a date. */
const compact =
  /(?<before>\b(?:DOB|DOS|born|(?:date|day)(?: of (?:birth|service|admission|discharge|visit|death))?|admitted|discharged|seen|dated)(?:\son)?[: ]+)(?:19|20)\d{2}(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?!\w)/gi;

/** "92F": not after "T"; a value that could be a temperature counts only where a patient is introduced. */
const ageAndSex =
  /(?<before>(?:^|[.;:]\s|\b(?:a|is|pt)\s))(?:9\d|1[01]\d)\s?(?:y\/?o?\s?)?[MF](?=[\s,])|(?<![\d.,/-])(?<!\b[Tt](?:emp|max)?[: ]{0,2})9[0-6]\s?[MF](?=[\s,])/g;

const oldAge =
  /(?<before>\bage[ds]?(?:\sof)?[: ]\s*)(?:9\d|1[0-2]\d)(?!\d|\.\d|\s?(?:%|mg|kg|months|days|weeks))|(?<![\d.,/-])(?:9\d|1[0-2]\d)(?:[\s-]?(?:years?|yrs?)[\s-]?old\b|[\s-]?y\/?o\b|[\s-]?y\.o\.)/gi;

const spelledAge =
  /\b(?:ninety|(?:one|a) hundred)(?:[\s-](?:and\s)?(?:one|two|three|four|five|six|seven|eight|nine|ten))?[\s-](?:years?|yrs?)[\s-]olds?\b|(?<before>\baged\s)ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?\b/gi;
/** "She is 93." */
const bareAge =
  /(?<before>\b(?:[Ss]he|[Hh]e)\s(?:is|was|turned|turns)\s(?:now\s|already\s)?)(?:9\d|1[01]\d)(?=\s*(?:$|[.;](?!\d)|,\s(?!\d)|\sand\s(?!\d)))/g;

/** The beginnings of months (also right after a day) and of ages: most texts have none. */
const shortHint = /\d-?(?:J[au]|Fe|Ma|A[pu]|Se|Oc|No|De)/i;
const monthHint = /J[aAuU]|F[eE]|M[aA]|A[pPuU]|S[eE]|O[cC]|N[oO]|D[eE]/;
const oldAgeHint = /9\d|1[0-2]\d/;
const spelledHint = /ninety|hundred/i;

/** Dates more precise than a year. */
export function* findDates(text: string, { digits, digitsInRow }: Hints): Generator<IdentifierFinding> {
  if (monthHint.test(text)) yield* matches(text, named, 'date');
  if (digits >= 3 && shortHint.test(text)) yield* matches(text, shortNamed, 'date');
  if (digits >= 3 && /DOB|birth|born|D\.O/i.test(text)) yield* matches(text, birthNamed, 'date');
  if (digits >= 4) yield* matches(text, birth, 'date');
  if (digitsInRow >= 8) yield* matches(text, compact, 'date');
  if (digitsInRow >= 4) yield* matches(text, iso, 'date');
  if (digits >= 4) {
    yield* matches(
      text,
      numeric,
      'date',
      (_, match) =>
        isDate(match) && !typesBefore.test(text.slice(Math.max(0, match.index - 12), match.index)),
    );
  }
  if (text.includes('/')) yield* matches(text, dayAndMonth, 'date');
}

/** Ages of 90 and above. */
export function* findOldAges(text: string): Generator<IdentifierFinding> {
  if (spelledHint.test(text)) yield* matches(text, spelledAge, 'age-over-89');
  if (!oldAgeHint.test(text)) return;
  yield* matches(text, bareAge, 'age-over-89');
  yield* matches(text, oldAge, 'age-over-89');
  yield* matches(text, ageAndSex, 'age-over-89');
}

/** A date with a two-digit year must have slashes: "1.2.10" is a version, "12-14-16" are residues. */
function isDate([, first = '', separator, second = '', last = '']: RegExpExecArray): boolean {
  const [a, b] = [Number(first), Number(second)];
  if (last.length === 2 && separator !== '/') return false;
  return Math.min(a, b) >= 1 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31;
}
