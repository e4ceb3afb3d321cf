import words from '../../../lexicon/fillers.json' with { type: 'json' };
import { pick, randomInteger, type Random } from '../../foundation/random.ts';

type Filler = (random: Random) => string;

const integer =
  (least: number, most: number, unit = ''): Filler =>
  (random) =>
    `${least + randomInteger(random, most - least + 1)}${unit}`;

const decimal = (least: number, most: number, digits: number, random: Random): string =>
  (least + random() * (most - least)).toFixed(digits);

const roundDoses = [
  0.5, 1, 2, 2.5, 4, 5, 10, 12.5, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 150, 200, 250, 300, 400, 500, 600,
  800, 1000,
];

/** An invented symbol of a protein, because abstracts often introduce new ones. */
function madeUpProtein(random: Random): string {
  const alphabet = 'ABCDEGKLMNPRSTX';
  const stem = Array.from({ length: 3 + randomInteger(random, 2) }, () =>
    alphabet.charAt(randomInteger(random, alphabet.length)),
  ).join('');
  return `${pick(random, ['', '', '', 'alpha', 'beta', 'anti-', 'p'])}${stem}${pick(random, ['', '-', ''])}${1 + randomInteger(random, 12)}`;
}

const { proteins, aminoAcids, slots } = words;

/** Parts of sentences other than mentions: numbers, measurements, people, anatomy, methods. */
export const fillers: Readonly<Record<string, Filler>> = {
  ...Object.fromEntries(
    Object.entries(slots).map(([slot, items]): [string, Filler] => [slot, (random) => pick(random, items)]),
  ),
  age: integer(18, 91),
  childAge: integer(2, 16),
  n: integer(6, 640),
  count: integer(2, 40),
  pct: (random) =>
    `${random() < 0.7 ? integer(2, 96)(random) : decimal(1, 90, 1, random)}${random() < 0.85 ? '%' : ' percent'}`,
  p: (random) =>
    random() < 0.6
      ? `${pick(random, ['P', 'p'])} ${pick(random, ['<', '< or =', 'less than'])} ${pick(random, ['0.05', '0.01', '0.001', '.05', '.01'])}`
      : `${pick(random, ['P', 'p'])} = ${decimal(0.001, 0.4, 3, random)}`,
  ratio: (random) => {
    const low = 0.6 + random() * 2;
    const middle = low + 0.2 + random();
    return `${pick(random, ['odds ratio', 'OR', 'relative risk', 'hazard ratio', 'RR'])}${pick(random, [' ', ', ', ' = '])}${middle.toFixed(2)}${pick(random, ['; ', ', '])}95% ${pick(random, ['CI', 'confidence interval'])} ${low.toFixed(2)}${pick(random, ['-', ' to ', ', '])}${(middle + 0.3 + random() * 2).toFixed(2)}`;
  },
  dose: (random) => `${pick(random, roundDoses)} ${pick(random, ['mg', 'mg', 'mg', 'mcg', 'g', 'units'])}`,
  mgkg: (random) =>
    `${pick(random, [0.1, 0.3, 0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 50, 100, 200])} ${pick(random, ['mg/kg', 'mg/kg', 'mg/kg', 'microg/kg', 'mg/kg per day', 'mg/m2', 'mg/kg/day'])}`,
  conc: (random) =>
    `${pick(random, [0.1, 1, 3, 10, 30, 100, 300])} ${pick(random, ['microM', 'nM', 'mM', 'microg/ml', 'ng/ml', 'mmol/L'])}`,
  dur: (random) =>
    `${pick(random, ['two', 'three', 'four', 'six', 'several', 'a few', '2', '3', '5', '10', '14'])} ${pick(random, ['days', 'weeks', 'months', 'years'])}`,
  shortDur: (random) => `${pick(random, ['2', '3', '4', '5', '7', '10'])} ${pick(random, ['days', 'weeks'])}`,
  hours: (random) =>
    `${pick(random, ['1', '2', '3', '6', '12', '24', '48', '72'])} ${pick(random, ['h', 'hours', 'hr'])}`,
  ago: (random) =>
    `${pick(random, ['2', '3', 'two', 'five', '10', 'several', 'many'])} ${pick(random, ['years', 'months', 'weeks'])} ago`,
  time: (random) => `${integer(0, 23)(random).padStart(2, '0')}${pick(random, ['00', '15', '30', '45'])}`,
  bp: (random) => `${integer(92, 186)(random)}/${integer(50, 108)(random)}`,
  hr: integer(48, 132),
  temp: (random) => decimal(36.1, 39.6, 1, random),
  sat: integer(86, 100, '%'),
  mm: (random) => `${decimal(0.3, 9, 1, random)} ${pick(random, ['cm', 'mm'])}`,
  pain: integer(0, 10, '/10'),
  mean: (random) => `${decimal(1, 80, 1, random)} +/- ${decimal(0.2, 9, 1, random)}`,
  labValue: (random) => decimal(0.4, 15, 1, random),
  proteinLab: (random) =>
    `${pick(random, ['hemoglobin', 'hematocrit', 'white count', 'WBC', 'platelets', 'INR', 'troponin', 'lactate dehydrogenase', 'ALT', 'AST', 'albumin', 'CRP', 'TSH', 'BNP', 'ESR', 'alkaline phosphatase', 'lipase', 'ferritin', 'hemoglobin A1c', 'LDH', 'creatine kinase'])} ${pick(random, ['', 'of ', 'was ', ''])}${decimal(0.4, 320, 1, random)}`,
  protein: (random) => (random() < 0.3 ? madeUpProtein(random) : pick(random, proteins)),
  chromosome: (random) => `${integer(1, 22)(random)}${pick(random, ['p', 'q'])}${integer(11, 36)(random)}`,
  exon: integer(1, 27),
  variant: (random) => {
    const letters = ['A', 'C', 'G', 'T'];
    const position = integer(12, 1680)(random);
    return random() < 0.5
      ? `${pick(random, aminoAcids)}${position}${pick(random, aminoAcids)}`
      : `${position}${pick(random, letters)}${pick(random, ['>', '-->', '-to-'])}${pick(random, letters)}`;
  },
  rs: (random) => `rs${integer(1000, 9_999_999)(random)}`,
  year: integer(1984, 2019),
};
