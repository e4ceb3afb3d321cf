import { counted, percent } from '../../foundation/numbers.ts';
import type { Balance, MixedNames, SharePair, Surface } from './balance.ts';

/** Larger differences between shares are marked. */
const tolerance = 0.05;
/** With fewer texts, shares are left to chance. */
const fewTexts = 50;

/** Texts that a request usually asks for in one style. */
const textsOfStyle = 10;

/** A run's balance in lines for people. "!" precedes what is far from what was requested. */
export function describeBalance(balance: Balance): readonly string[] {
  const {
    texts,
    labels,
    styles,
    negative,
    lengths,
    seeds,
    confusable,
    relations = {},
    mixed,
    surface = {},
  } = balance;
  const line = (
    what: string,
    pair: SharePair,
    { isHarmedByMore = true, allowed = tolerance } = {},
  ): string => {
    const tooMany = pair.got - pair.asked;
    const isFar = texts >= fewTexts && (-tooMany > allowed || (isHarmedByMore && tooMany > allowed));
    return `${isFar ? '!' : ' '} ${what}: ${percent(pair.got)} (requested: ${percent(pair.asked)})`;
  };
  // All texts of a request have the same style, so that a short run cannot come close to every share.
  const ofStyles = Math.max(tolerance, textsOfStyle / Math.max(1, texts));
  const ofTypes = Object.entries(labels).flatMap(([label, { asNames }]) =>
    asNames === undefined ? [] : [[label, asNames] as const],
  );
  return [
    `  ${counted(texts, 'text')}; characters: ${lengths[0]} to ${lengths[4]}, half of them ${lengths[1]} to ${lengths[3]}, median ${lengths[2]}`,
    line('texts without a mention or relation', negative),
    ...Object.entries(relations).flatMap(([name, pairs]) => [
      line(`texts about ${name}`, pairs.share),
      line(`of these without it`, pairs.negative),
    ]),
    // The other texts are not kept free of such words.
    ...(confusable === undefined
      ? []
      : [line('of these with a counter-example', confusable, { isHarmedByMore: false })]),
    ...Object.entries(labels).map(
      ([label, { mentions, share, texts: holding, names }]) =>
        `${mentions === 0 ? '!' : ' '} ${label}: ${counted(mentions, 'mention')} (${percent(share)}) of ` +
        `${counted(names, 'name')} in ${counted(holding, 'text')}`,
    ),
    ...(ofTypes.length < 2 ? [] : ofTypes.map(([label, pair]) => topicShare(label, pair))),
    ...Object.entries(styles).map(([style, pair]) => line(style, pair, { allowed: ofStyles })),
    ...(seeds.asked === 0 ? [] : [topicLine(seeds)]),
    ...Object.entries(surface).flatMap(([name, one]) => surfaceLines(name, one)),
    ...(mixed === undefined || mixed.names === 0 ? [] : mixedLines(mixed)),
  ];
}

/** Never marked: a model may choose among topics, and not every text suits every type. */
function topicShare(label: string, { asked, got }: SharePair): string {
  return `  uses of topics of ${label}: ${percent(got)} (of those offered: ${percent(asked)})`;
}

function topicLine({ asked, used, uses, most, even, retyped = 0, offered }: Balance['seeds']): string {
  const isOverused = most > Math.max(3, 3 * even);
  const leftOut = offered === undefined ? 0 : Math.max(0, offered - used);
  return [
    `${isOverused ? '!' : ' '} topics: ${used} of ${asked} used, ${counted(uses, 'time')}`,
    `none more than ${counted(most, 'time')}`,
    ...(leftOut === 0 ? [] : [`${leftOut} offered and left out`]),
    ...(retyped === 0 ? [] : [`${counted(retyped, 'time')} tagged as another type`]),
  ].join('; ');
}

/** The words alone, the order alone or the distance alone may guess this much better than the larger class. */
const harmlessGain = 0.15;

function surfaceLines(name: string, surface: Surface): readonly string[] {
  const { larger, words, order, distance, telling } = surface;
  const line = (from: string, right: number, more = ''): string =>
    `${right - larger > harmlessGain ? '!' : ' '} ${name}: guessed right from ${from} alone: ${percent(right)} ` +
    `(by always guessing the larger class: ${percent(larger)})${more}`;
  return [
    line('single words', words, telling.length === 0 ? '' : `; most telling: ${telling.join(', ')}`),
    line('the order of the pair', order),
    line('the distance of the pair', distance),
  ];
}

const mostNames = 8;

function mixedLines({ names, places, most }: MixedNames): readonly string[] {
  const shown = most.slice(0, mostNames);
  return [
    `! tagged in one text and untagged in another: ${counted(names, 'name')}, ${counted(places, 'place')}`,
    ...shown.map(({ name, tagged, untagged }) => `    "${name}": ${tagged} tagged, ${untagged} untagged`),
    ...(names > shown.length ? [`    and ${names - shown.length} more`] : []),
  ];
}
