import type { Hints } from './hints.ts';
import { type IdentifierFinding, matches } from './identifierKinds.ts';

// Lengths are limited (RFC 5321); otherwise a long run of letters would take quadratic time.
const email = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const url =
  /\b(?:https?:\/\/|www\.)[^\s<>"')\]]+[^\s<>"')\].,;:]|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:com|org|net|edu|gov|info)\b(?:\/[^\s<>"')\]]*)?/gi;

const urlHint = /:\/\/|www\.|\.(?:com|org|net|edu|gov|info)\b/i;

const ipV4 =
  /(?<before>(?<![\w.])(?:(?:IP|address|host|from|login|server)\W{1,3}(?:is\s)?)?)(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)/gi;
const ipHint = /\d\.\d{1,3}\.\d/;
const versionBefore = /\b(?:version|release|build|v|EC|section|chapter|software|program)[\s.:]*$/i;
const ipV6 =
  /(?<![\w:])(?:[\da-f]{1,4}:){1,7}(?::[\da-f]{1,4}){1,7}(?![\w:])|(?<![\w:])(?:[\da-f]{1,4}:){7}[\da-f]{1,4}(?![\w:])/gi;

const faxLabel = String.raw`\bfax(?:ed|es)?(?:\s(?:to|at|is|no\.?|number|line))*\s?[#:]?\s*`;
const phoneLabel = String.raw`\b(?:tel(?:ephone)?|phone|cell(?:\sphone)?|mobile|call(?:[ -]?back)?|ring|reach|text|contact|home|work|number\sis|at)\.?(?:\s(?:her|him|them|me|us|at|on|is|no\.?|number))*\s?[#:]?\s*`;
const shortLabel = String.raw`\b(?:pager|beeper|bleep|ext(?:ension)?)\.?(?:\s(?:is|no\.?|number))?\s?[#:]?\s*`;

/** North American with area code, or of another country with "+" or a leading zero. */
const fullNumber = String.raw`(?:\+?1[ .-]?)?(?:\(\d{3}\)[ -]?\d{3}[ .-]?\d{4}|\d{3}[ .-]\d{3}[ .-]\d{4})|\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}`;
const notInNumber = String.raw`(?![\w-]*\d)(?!\s?(?:mg|ml|mcg|g|kg|mm|cm|%))`;

const fax = new RegExp(
  `(?<before>${faxLabel})(?:${fullNumber}|\\d{3}[ .-]\\d{4}|\\d{7,11})${notInNumber}`,
  'gi',
);
const phone = new RegExp(`(?<![\\w.+-])(?:${fullNumber})${notInNumber}`, 'gi');
const localPhone = new RegExp(`(?<before>${phoneLabel})(?:\\d{3}[ .-]\\d{4}|\\d{10,11})${notInNumber}`, 'gi');
const shortPhone = new RegExp(`(?<before>${shortLabel})\\d{3,7}${notInNumber}`, 'gi');

/** E-mail and web addresses. */
export function* findAddresses(text: string): Generator<IdentifierFinding> {
  if (text.includes('@')) yield* matches(text, email, 'email');
  if (urlHint.test(text)) yield* matches(text, url, 'url');
}

/** Telephone, fax, pager and IP numbers. */
export function* findContactNumbers(
  text: string,
  { digits, digitsInRow }: Hints,
): Generator<IdentifierFinding> {
  if (digits >= 3 && /fax/i.test(text)) yield* matches(text, fax, 'fax');
  if (digits >= 8) {
    yield* matches(text, phone, 'phone', (found) => found.replaceAll(/\D/g, '').length >= 8);
  }
  if (digitsInRow >= 4) yield* matches(text, localPhone, 'phone');
  if (digitsInRow >= 3) yield* matches(text, shortPhone, 'phone');
  if (ipHint.test(text)) yield* matches(text, ipV4, 'ip', (found, match) => isIpV4(text, found, match));
  if (text.includes(':')) yield* matches(text, ipV6, 'ip');
}

/** Four numbers with dots may also be a software version or an enzyme class. */
function isIpV4(text: string, found: string, match: RegExpExecArray): boolean {
  const octets = found.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return false;
  if (versionBefore.test(text.slice(Math.max(0, match.index - 12), match.index))) return false;
  return match.groups?.['before'] !== '' || octets.some((octet) => octet > 20);
}
