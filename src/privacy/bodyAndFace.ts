import { type IdentifierFinding, matches } from './identifierKinds.ts';

const biometric =
  /\b(?:finger|voice|palm|hand)[ -]?prints?(?:\s(?:id|template|record|hash|scan|card|file|number|no\.)\b)?(?:\s?[:#]?\s*(?=[\w-]*\d)[\w-]+)?|\b(?:retinal?|iris|face|facial|fingerprint) (?:scan|recognition|template)s?(?=[\s,;]+(?:at|on|is|was|were|for|confirmed|matched|identified|verified)\b)|\bidentity\b[^.;]{0,30}\bby (?:retinal?|iris|facial|face)\b[^.;]{0,20}/gi;
const expression = /\b(?:DNA|genetic|peptide|mass|molecular|spectral|chemical|metabolic)\s*$/i;
const shows = /^\s*(?:with|of|showed|shows|revealed|was (?:normal|clear))/i;

const photo =
  /\bfull[ -]?face (?:photo(?:graph)?|picture|image)s?\b|\b(?:photo(?:graph)?|picture|image)s? of (?:his|her|their|the patient['\u2019]s|the) (?:full )?face\b|(?<![\w-])[\w-]{0,40}(?:face|portrait|patient|photo|selfie|IMG|DSC)[\w-]{0,40}\.(?:jpe?g|png|gif|heic|tiff?|bmp)\b|\bphoto ID\b/gi;

/** Every match contains one of these, so most texts can be skipped quickly. */
const hint = /print|scan|recognition|face|identity|photo|picture|image|portrait|selfie|IMG|DSC/i;

/** Biometric records, and pictures of the face. */
export function* findBodyAndFace(text: string): Generator<IdentifierFinding> {
  if (!hint.test(text)) return;
  yield* matches(text, biometric, 'biometric', (found, match) => {
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 20);
    // Chemists and geneticists also call a pattern a "fingerprint", and a scan is also an examination.
    return !expression.test(before) && !shows.test(after) && !/^fingerprints?$/i.test(found);
  });
  yield* matches(text, photo, 'photo');
}
