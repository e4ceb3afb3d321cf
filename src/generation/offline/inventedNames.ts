import { pick, randomInteger, type Random } from '../../foundation/random.ts';

/** How an author might abbreviate a name: by its initials, or by the first letters of a single word. */
export function initials(name: string): string | undefined {
  const words = name
    .split(/[ -]/)
    .filter((word) => /^\p{L}/u.test(word) && !['of', 'the', 'and'].includes(word));
  const short = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : name.slice(0, 3);
  return /^[a-z]{2,5}$/i.test(short) ? short.toUpperCase() : undefined;
}

/** An abbreviation without a meaning outside its sentence. */
export function madeUpLetters(random: Random): string {
  const alphabet = 'ABCDEFGHILMNOPRSTV';
  return Array.from({ length: 2 + randomInteger(random, 2) }, () =>
    alphabet.charAt(randomInteger(random, alphabet.length)),
  ).join('');
}

/** A compound with what looks like a systematic name: "N-ethyl-3,5-dichlorobenzamide". */
export function systematicName(random: Random): string {
  const parents = [
    'benzamide',
    'phenol',
    'piperidine',
    'propionic acid',
    'pyridine',
    'indole',
    'uracil',
    'adenosine',
    'aniline',
    'tyrosine',
    'phenylalanine',
    'acetic acid',
    'benzoic acid',
    'tryptamine',
    'quinoline',
    'pyrimidine',
    'imidazole',
    'guanidine',
    'butyric acid',
    'xanthine',
    'ethane',
    'toluene',
    'urea',
    'amphetamine',
  ];
  const groups = [
    'chloro',
    'fluoro',
    'bromo',
    'methyl',
    'nitro',
    'hydroxy',
    'amino',
    'methoxy',
    'ethyl',
    'phenyl',
    'acetyl',
    'propyl',
  ];
  const position = (): number => 1 + randomInteger(random, 8);
  const single = `${position()}-${pick(random, groups)}`;
  const double = `${position()},${position() + 1}-di${pick(random, groups)}`;
  const front = pick(random, [
    '',
    '',
    'N-methyl-',
    'N-ethyl-',
    'alpha-',
    'beta-',
    'p-',
    'D-',
    'L-',
    '(+)-',
    '(-)-',
    '(+/-)-',
    'N-(2-chloroethyl)-',
    '1-(3-chlorophenyl)-',
  ]);
  return `${front}${pick(random, [single, double, `${single}-${position()}-${pick(random, groups)}`])}${pick(random, parents)}`;
}

/** A compound with a laboratory code: "SKF 82958", "LY274614", "U-50488". */
export function researchCode(random: Random): string {
  const letters = pick(random, [
    'SKF',
    'LY',
    'RO',
    'SCH',
    'WAY',
    'MK',
    'BMS',
    'CP',
    'U',
    'SB',
    'ICI',
    'GR',
    'NS',
    'PD',
    'AM',
    'TAK',
    'KW',
    'FR',
    'YM',
    'SR',
    'RS',
    'CGS',
    'BAY',
    'MDL',
    'AZD',
    'ABT',
    'PNU',
    'ORG',
    'GW',
    'CI',
    'E',
    'T',
    'WR',
    'HP',
  ]);
  return `${letters}${pick(random, ['-', ' ', ''])}${randomInteger(random, 99_900) + 100}${pick(random, ['', '', '', 'A', 'B'])}`;
}
