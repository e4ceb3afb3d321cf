/** Kinds of strings that name or reach a person, as a model may invent them. Placeholders in brackets are fine. */
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['e-mail address', /[\w.+-]+@[\w-]+\.[a-z]{2,}/i],
  ['web address', /\bhttps?:\/\/|\bwww\.[a-z]/i],
  ['social security number', /\b\d{3}-\d{2}-\d{4}\b/],
  ['telephone number', /(?:\+\d{1,3}[ .-]?)?(?:\(\d{3}\) ?|\b\d{3}[.-])\d{3}[ .-]\d{4}\b/],
  [
    'record number',
    /\b(?:MRN|medical record|record (?:no|number)|account|SSN|patient id)\b\W{0,3}(?:no\.?|number|#)?\W{0,3}\d{4,}/i,
  ],
  ['full date', /\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b/],
  ['person', /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? (?!\[)\p{Lu}\p{Ll}{2,}/u],
  [
    'street address',
    /\b\d{1,5} \p{Lu}\p{Ll}+ (?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Lane|Drive|Boulevard)\b/u,
  ],
];

/** The kind of identifier in the text, if there is one that looks real. */
export function findIdentifier(text: string): string | undefined {
  return kinds.find(([, pattern]) => pattern.test(text))?.[0];
}
