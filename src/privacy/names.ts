import { givenNames } from './givenNames.ts';
import type { Hints } from './hints.ts';
import { afterContext, allMatches, type IdentifierFinding } from './identifierKinds.ts';
import { afterEponym, notNames } from './notNames.ts';

const part = String.raw`\p{Lu}(?:\p{L}|['\u2019](?=\p{Lu})|-(?=\p{Lu})){1,30}(?!\p{L})`;
const initial = String.raw`\p{Lu}\.`;
const piece = String.raw`(?:${part}|${initial})`;
const particle = String.raw`(?:(?:van|von|de|da|del|della|di|la|le|bin|al|el|der|den|dos|ter)\s)*`;
const title = String.raw`(?:Mrs?|Ms|Miss|Mx|Drs?|Prof|Professor|Master|Doctor|Nurse|RN|LPN|NP|Rev|Rabbi|Sgt|Se\u00F1ora?|Baby\s(?:[Bb]oy|[Gg]irl)|Practitioner)\b\.?`;
/** The names of one person: on one line, up to the title of the next person. */
const names = (most: number): string =>
  String.raw`${piece}(?:[^\S\r\n]${particle}(?!${title}\s)${piece}){0,${most - 1}}`;
const family = String.raw`${part},\s${part}(?:\s${initial})?`;

const titled = afterContext(
  String.raw`(?<![\p{L}-])(?:${title}\s){1,2}`,
  String.raw`${names(3)}(?:\sand\s(?!${title}\s)${part})?`,
);

const lowerTitled =
  /(?<before>(?<![\p{L}\d-])(?<!\d\s)(?:mrs\.?|(?:mr|ms|dr|miss)\.)\s)\p{Ll}{2,}(?:-\p{Ll}+)?(?=[\s,;.:'\u2019)]|$)/gu;

const role = String.raw`(?:[Pp]atient(?:'s)?(?:\s[Nn]ame)?|[Pp]t\.?(?:\s[Nn]ame)?|[Nn]ame|[Ff]ull\s[Nn]ame|[Aa]ttending(?:\s[Pp]hysician)?|[Rr]esident|[Ss]urgeon|[Pp]hysician|[Pp]rovider|PCP|GP|[Nn]ext\sof\s[Kk]in|NOK|[Pp]ower\sof\s[Aa]ttorney|POA|[Ee]mergency\s[Cc]ontact|[Ii]nterpreter|[Ss]igned|[Ww]itness|[Cc]aregiver|[Gg]uardian|[Ss]ocial\s[Ww]orker|[Tt]herapist|cc|CC|Attn)`;
const labelled = afterContext(
  String.raw`(?<![\p{L}-])${role}(?:\s?:\s*|,\s|\s\()`,
  String.raw`(?:${family}|${names(4)})`,
);
/** A family name alone after a label, followed by nothing that would continue a sentence or a value. */
const labelledFamily = afterContext(
  String.raw`(?<![\p{L}-])(?:(?:[Pp]atient(?:'s)?|[Pp]t\.?|[Ff]ull|[Ll]ast|[Ff]amily)\s[Nn]ame|[Aa]ttending(?:\s[Pp]hysician)?|[Rr]eferring(?:\s[Pp]hysician)?|[Rr]esident|[Cc]onsultant|[Nn]urse|[Ss]urgeon|[Pp]hysician|[Pp]rovider|PCP|GP|NOK|[Nn]ext\sof\s[Kk]in|[Ee]mergency\s[Cc]ontact|(?:[Ss]igned|[Dd]ictated)\s[Bb]y)\s?:\s?`,
  String.raw`${part}(?=\s*(?:$|\n|[.;(]|,\s(?!MD\saware)))`,
);
/** The same after a word that may also introduce direct speech ("Patient: Usually, ..."). */
const patientFamily = afterContext(
  String.raw`(?:^|\n)\s*(?:Patient|Pt|PATIENT|Name|NAME)\s?:\s*`,
  String.raw`${part}(?=\s*(?:$|\n|,\s\d|,?\s+(?:MRN|DOB|DOS|[Aa]ge\b|seen\b)|\())`,
);
const roleAndFamily = afterContext(
  String.raw`(?<![\p{L}-])(?:PCP|GP|[Aa]ttending|[Cc]onsultant)\s`,
  String.raw`${part}(?=\s(?:is|was|has|will|notified|informed|aware|agrees|agreed|recommended|saw|called|paged|contacted|MD|DO|NP|PA|RN)\b|\s*(?:$|\n|[.,;)]))`,
);
/** The same in all capitals, with nothing else on the rest of the line. */
const capitalFamily = afterContext(
  String.raw`(?:^|\n)\s*(?:PATIENT(?:\sNAME)?|NAME|ATTENDING(?:\sPHYSICIAN)?|REFERRING\sPHYSICIAN|SURGEON|PHYSICIAN|PROVIDER|PCP|(?:SIGNED|DICTATED)\sBY|[Pp]atient\s[Nn]ame|[Aa]ttending|[Ss]urgeon|[Pp]rovider)\s?:\s?`,
  String.raw`\p{Lu}{3,30}(?=\s*(?:$|\n))`,
);
/** Medical fields, wards and professions, which are not family names. */
const field = /^(?:Ward|Floor|Room)$|(?:log(?:y|ist)|iatry|surgery|medicine|ics|cian|ing|ed|ly)$/;
const roleBefore = new RegExp(String.raw`(?<before>(?<![\p{L}-])${role}\s)${names(4)}`, 'gu');
const letter = afterContext(
  String.raw`(?<![\p{L}-])(?:Dear|Sincerely|Regards|Respectfully),?\s`,
  String.raw`${names(4)}`,
);
const initialled = afterContext(
  String.raw`\b(?:by|with|to|from|per)\s`,
  String.raw`(?:${initial}\s){1,2}${part}`,
);
const kin = afterContext(
  String.raw`\b(?:[Dd]aughter|[Ss]on|[Ww]ife|[Hh]usband|[Mm]other|[Ff]ather|[Ss]ister|[Bb]rother|[Ff]riend|[Aa]unt|[Uu]ncle|[Cc]ousin|[Nn]iece|[Nn]ephew|[Pp]artner|[Nn]eighbou?r|[Gg]rand(?:mother|father|son|daughter)|dtr|bro|sis|[Mm]om|[Dd]ad|[Ss]pouse|[Gg]irlfriend|[Bb]oyfriend|HCP|[Ff]ianc\u00E9e?|[Tt]herapist|[Ww]orker|[Ii]nterpreter|[Rr]oommate)(?:,\s|\s\(|\s)`,
  String.raw`${names(3)}`,
);
const sender = afterContext(
  String.raw`\b(?:[Ll]etter|[Nn]ote|[Cc]all|[Mm]essage|[Ee]-?mail|[Rr]eport|[Rr]eferral|[Cc]onsult)\s(?:from|to|by|with)\s`,
  String.raw`${names(3)}`,
);
const consultant = afterContext(
  String.raw`\b(?:cards|[Cc]ardiology|[Nn]euro(?:logy)?|[Oo]nc(?:ology)?|[Rr]enal|[Pp]ulm|[Oo]rtho|[Ss]urgery|[Pp]sych|[Dd]erm|GI|ID|ENT|[Cc]onsult|[Ss]pecialist|[Pp]harmacist)\s\(`,
  String.raw`${part}(?=\))`,
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

interface Rule {
  readonly pattern: RegExp;
  /** Every match contains this, so most texts can be skipped quickly. */
  readonly hint?: RegExp;
  /** The pattern may match the first word of a text, or one without a capital. */
  readonly needsNoInnerCapital?: true;
  readonly holds: (words: readonly string[]) => boolean;
}

const isGiven = (word: string | undefined): boolean =>
  word !== undefined && (givenNames.has(word) || givenNames.has(word.replace(/-.*/, '')));
const isGivenInCapitals = (word = ''): boolean =>
  /^\p{Lu}{3,}$/u.test(word) && givenNames.has(word.slice(0, 1) + word.slice(1).toLowerCase());

const isPlain = (words: readonly string[]): boolean => !/^\p{Lu}+$/u.test(words[0] ?? '');

const isFamily = ([word = '']: readonly string[]): boolean =>
  word.length > 2 && /\p{Ll}/u.test(word) && !field.test(word) && !notNames.has(word);

const contextRules: readonly Rule[] = [
  { pattern: credentials, hint: /,\s(?:[MDRNPF]|LCSW)/, holds: (words) => words.length > 1 },
  { ...titled, holds: (words) => !/^\p{Lu}{1,3}$/u.test(words[0] ?? '') },
  {
    pattern: lowerTitled,
    hint: /m(?:rs|[rs]\.|iss\.)|dr\./,
    needsNoInnerCapital: true,
    holds: () => true,
  },
  { ...sender, holds: () => true },
  { ...consultant, holds: isPlain },
  {
    pattern: speaker,
    hint: /(?:^|[.;:!?]\s)\p{Lu}[\p{L}'\u2019-]+\s(?:den|end|com|rep|sta|sa[iy]|sle|fe|wan|as|ag)/u,
    needsNoInnerCapital: true,
    holds: isPlain,
  },
  { ...labelled, holds: (words) => words.length > 1 || isGiven(words[0]) },
  { ...labelledFamily, hint: /:\s?\p{Lu}/u, holds: isFamily },
  { ...patientFamily, hint: /(?:P(?:t|atient|ATIENT)|N(?:ame|AME))\s?:/, holds: isFamily },
  {
    ...capitalFamily,
    hint: /:\s?\p{Lu}{3}/u,
    holds: ([word = '']) => isFamily([word.slice(0, 1) + word.slice(1).toLowerCase()]),
  },
  { ...roleAndFamily, hint: /(?:PCP|GP|ttending|onsultant)\s\p{Lu}/u, holds: isFamily },
  { ...letter, holds: () => true },
  { ...kin, holds: isPlain },
  { ...initialled, holds: (words) => words.length > 1 },
];

/** Rules that need a given name; they are tried only if the text has one. */
const givenNameRules: readonly Rule[] = [
  { pattern: roleBefore, holds: (words) => words.length > 1 && isGiven(words[0]) },
  { pattern: lastFirst, holds: (words) => isGiven(words[1]) || isGivenInCapitals(words[1]) },
  { pattern: full, holds: (words) => words.length > 1 && isGiven(words[0]) },
  { pattern: givenAlone, needsNoInnerCapital: true, holds: (words) => isGiven(words[0]) },
];

/**
 * Names of people, found by their context (titles, roles, kinship, credentials) and by a list of given names. A family
 * name without any of these is not found.
 */
export function* findNames(text: string, { innerCapital }: Hints): Generator<IdentifierFinding> {
  const rules = hasGivenName(text) ? [...contextRules, ...givenNameRules] : contextRules;
  for (const { pattern, hint, needsNoInnerCapital = false, holds } of rules) {
    if (!innerCapital && !needsNoInnerCapital) continue;
    if (hint?.test(text) === false) continue;
    for (const match of allMatches(text, pattern)) {
      const start = match.index + (match.groups?.['before']?.length ?? 0);
      const end = match.index + match[0].length;
      const found = leadingNames(text.slice(start, end));
      if (found === '' || afterEponym.test(text.slice(start + found.length))) continue;
      const words = found.split(/,?\s+/);
      if (holds(words)) yield { kind: 'name', start, end: start + found.length };
    }
  }
}

const capitalised = /\p{Lu}\p{L}{1,30}/gu;

function hasGivenName(text: string): boolean {
  for (const [word] of allMatches(text, capitalised)) {
    if (givenNames.has(word) || isGivenInCapitals(word)) return true;
  }
  return false;
}

/** The words before the first one that is not a name; empty if that is the first word. */
function leadingNames(found: string): string {
  let end = 0;
  for (const match of found.matchAll(/\S+/g)) {
    const word = match[0].replace(/[,.]$/, '');
    // "A. Hollis": this is an initial, not an article.
    if (notNames.has(word) && !/^\p{Lu}\.$/u.test(match[0])) break;
    end = match.index + match[0].length;
  }
  return found.slice(0, end).replace(/,$/, '');
}
