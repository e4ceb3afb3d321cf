import { pick, seededRandom } from '../../../src/foundation/random.ts';

const words =
  'admitted after fall overnight ward family morning steady walking slowly without further change repeated clinic ' +
  'review advised gentle exercise kitchen garden window quiet evening travel return sister brother neighbour weekend ' +
  'breakfast lunch dinner appetite usual pattern sleep rest hours days weeks seldom often always early late routine ' +
  'discussed agreed planned moved upper lower middle outer inner left right anterior posterior modest marked subtle ' +
  'clear stable mild rapid gradual complete partial extended brief visit phone letter chart page list table summary naïve café';
const carriers = words.split(' ');
const syllables = 'ba ko du li me ra to su vi ne pa go fi lu sha zen tor mil dax rub'.split(' ');

/** A made-up name that is different for each number. */
function inventedName(number: number): string {
  let name = '';
  for (let left = number + syllables.length ** 2; left > 0; left = Math.floor(left / syllables.length)) {
    name += syllables[left % syllables.length] ?? '';
  }
  return name;
}

/** The name that makes the text of this number known again. */
function chemicalOf(number: number): string {
  return `${inventedName(number)}mab`;
}

/** A tagged text of its own for each number, so that no two are taken for duplicates of each other. */
export function taggedText(number: number): string {
  const random = seededRandom(number * 7919 + 1);
  const phrase = (length: number): string => Array.from({ length }, () => pick(random, carriers)).join(' ');
  return (
    `The ${phrase(3)} <Chemical>${chemicalOf(number)}</Chemical> ${phrase(4)} with ` +
    `<Disease>${inventedName(number)}itis</Disease> ${phrase(5)}.`
  );
}
