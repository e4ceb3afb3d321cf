import { countOf, grouped } from '../counts.ts';
import { element, heading } from '../dom.ts';
import { percent } from '../percent.ts';
import type { ReviewMap } from './protocol.ts';
import { scatter } from './scatter.ts';
import { table } from './statisticsView.ts';
import { post } from './vscodeApi.ts';

interface MapView {
  readonly root: HTMLElement;
  say(text: string, isBusy: boolean): void;
  show(map: ReviewMap): void;
}

/** Synthetic sentences beside the user's own. */
export function mapView(): MapView {
  const button = element(
    'vscode-button',
    { onClick: () => post({ type: 'drawMap' }) },
    'Choose Own Texts and Draw',
  );
  const status = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const drawing = element('div', {});
  return {
    root: element(
      'div',
      {},
      element(
        'p',
        {},
        'Sets the accepted sentences of the run beside sentences of your own files, by what they are about. ' +
          'The encoder that is shipped with Chartmark reads both on this computer; nothing leaves it.',
      ),
      element('div', { class: 'bar' }, button, status),
      drawing,
    ),
    say(text, isBusy) {
      status.textContent = text;
      button.toggleAttribute('disabled', isBusy);
    },
    show(map) {
      button.toggleAttribute('disabled', false);
      status.textContent = `${countOf(map.texts.own.length, 'sentence')} of each drawn, of ${grouped(map.all.synthetic)} synthetic and ${grouped(map.all.own)} own.`;
      drawing.replaceChildren(...sections(map));
    },
  };
}

function sections(map: ReviewMap): HTMLElement[] {
  const { gap, share, farthest } = map;
  return [
    element('p', { class: 'gap' }, gapSentence(map)),
    element(
      'p',
      { class: 'keys' },
      element('span', { class: 'key synthetic' }, 'Synthetic'),
      element('span', { class: 'key own' }, 'Own'),
      element('span', { class: 'quiet' }, `The plane shows ${percent(share)} of the whole spread.`),
    ),
    scatter(map),
    element(
      'section',
      {},
      heading(2, 'How near they are'),
      element(
        'p',
        { class: 'quiet' },
        'Mean cosine similarity to the nearest sentence of each kind; 1 is the same, 0 has nothing in common.',
      ),
      table(
        'How near they are',
        ['Of a sentence that is', 'to synthetic', 'to own'],
        [
          ['synthetic', similar(gap.syntheticToSynthetic), similar(gap.syntheticToOwn)],
          ['own', similar(gap.ownToSynthetic), similar(gap.ownToOwn)],
        ],
      ),
    ),
    element(
      'section',
      {},
      heading(2, 'Own sentences that nothing synthetic is like'),
      element(
        'ol',
        { class: 'farthest' },
        ...farthest.map(({ text, similarity }) =>
          element('li', {}, text, element('span', { class: 'quiet' }, ` ${similar(similarity)}`)),
        ),
      ),
    ),
  ];
}

/** What the figures say, for people who do not read them every day. */
function gapSentence({ gap }: ReviewMap): string {
  const { toldApart, ownToSynthetic, ownToOwn } = gap;
  const verdict =
    toldApart < 0.6
      ? 'They lie among each other'
      : toldApart < 0.8
        ? 'They overlap in part'
        : toldApart < 0.95
          ? 'They are mostly apart'
          : 'They are apart';
  return (
    `${verdict}: the nearest neighbour of ${percent(toldApart)} of the sentences is of its own kind ` +
    `(50% where they cannot be told apart). The mean similarity of an own sentence to its nearest synthetic one is ` +
    `${similar(ownToSynthetic)}, to its nearest own one ${similar(ownToOwn)}.`
  );
}

function similar(cosine: number): string {
  return cosine.toFixed(2);
}
