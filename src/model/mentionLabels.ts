import { parseTag } from '../corpus/bio/tag.ts';
import { UserError } from '../foundation/userError.ts';
import { shortened } from './brokenModel.ts';

/** Far more than any model for mentions has: the allowed order of labels is a square of their number. */
const mostLabels = 2000;

/** What models call the label O, in lower case; if several are there, the first in this list is it. */
const outsideNames: readonly string[] = [
  'o',
  'outside',
  'out',
  'none',
  'null',
  'nil',
  'n/a',
  'no',
  'no_entity',
  'no-entity',
  'no entity',
  'noentity',
  'not_entity',
  'non-entity',
  'non_entity',
  'background',
  'other',
  'others',
  '0',
  '_',
  '-',
  '',
];

/** Labels of some older models for tokens that are no words. */
const noWord = /^(?:\[(?:pad|cls|sep|unk|mask)\]|<\/?(?:pad|s|unk|start|stop)>|pad|x)$/i;

const unnamed = /^(?:label_)?\d+$/i;
const prefixed = /^([BIESLUMW])[-_:./| ](?=\S)(.+)$/is;
const suffixed = /^(.+)[-_:./| ]([BIESLUMW])$/is;

/**
 * The labels of a model for mentions, in the forms `O`, `B-Type` or, for plain types, `Type`. Models write them in other
 * ways as well: `OUTSIDE`, `B_Type`, `Type-B`. Throws `UserError`, with `file` as its place, if no label means that a word
 * is in no mention: every word would be one.
 */
export function mentionLabels(labels: readonly string[], file: string): readonly string[] {
  const fail = (message: string): UserError =>
    new UserError(message, {
      place: { file },
      nextStep: 'Write the names of the labels in id2label, with O for words in no mention.',
    });
  if (labels.length > mostLabels) {
    throw fail(`The model has ${labels.length} labels; no model for mentions has that many.`);
  }
  const names = labels.map((label) => label.trim());
  const shown = shortened(names.slice(0, 5).join(', '));
  if (names.every((name) => unnamed.test(name))) {
    throw fail(`The labels have no names: ${shown}.`);
  }
  const outside = outsideOf(names);
  if (outside === undefined) {
    throw fail(`No label means that a word is in no mention (O): ${shown}.`);
  }
  const isOutside = (name: string): boolean => name === outside;
  const tagged = names.filter((name) => !isOutside(name) && !noWord.test(name));
  const form = [asTag, asPrefixed, asSuffixed].find((read) =>
    tagged.every((name) => read(name) !== undefined),
  );
  const plain = form === undefined || (form !== asTag && !hasPair(tagged, form));
  return names.map((name) => {
    if (isOutside(name)) return 'O';
    if (plain) return name;
    return noWord.test(name) ? 'O' : (form(name) ?? name);
  });
}

/** The label for words in no mention; if none has a usual name, the only one without a prefix among tags. */
function outsideOf(names: readonly string[]): string | undefined {
  for (const usual of outsideNames) {
    const found = names.find((name) => name.toLowerCase() === usual);
    if (found !== undefined) return found;
  }
  const words = names.filter((name) => !noWord.test(name));
  const others = words.filter((name) => asPrefixed(name) === undefined);
  return others.length === 1 && words.length > 2 ? others[0] : undefined;
}

type Form = (name: string) => string | undefined;

const asTag: Form = (name) => (parseTag(name) === undefined ? undefined : name);

const asPrefixed: Form = (name) => {
  const [, prefix, type] = prefixed.exec(name) ?? [];
  return prefix === undefined ? undefined : `${prefix.toUpperCase()}-${type}`;
};

const asSuffixed: Form = (name) => {
  const [, type, suffix] = suffixed.exec(name) ?? [];
  return suffix === undefined ? undefined : `${suffix.toUpperCase()}-${type}`;
};

/** Whether a type stands with two letters, as `B_Drug` and `I_Drug` do, but not `S_aureus` and `E_coli`. */
function hasPair(names: readonly string[], form: Form): boolean {
  const types = new Set(names.map((name) => form(name)?.slice(2)));
  return types.size < names.length;
}
