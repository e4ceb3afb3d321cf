import { counted, grouped, percent } from '../../src/foundation/numbers.ts';
import { element, quiet, section, table } from '../dom.ts';
import { button } from '../ui/button.ts';
import { host } from './host.ts';
import type { ReviewMap } from './protocol.ts';
import { scatter } from './scatter.ts';

interface MapView {
  readonly root: HTMLElement;
  /** Shows the map that was drawn before the page was reloaded, if there is one. */
  showLatest(): Promise<void>;
}

/** Synthetic sentences beside the user's own. */
export function mapView(): MapView {
  const status = element('p', { class: 'quiet', attributes: { role: 'status' } });
  const drawing = element('div', {});
  const show = (map: ReviewMap): void => {
    status.textContent =
      `The map shows ${counted(map.texts.own.length, 'sentence')} of each kind, out of ${grouped(map.all.synthetic)} ` +
      `synthetic sentences and ${grouped(map.all.own)} of yours.`;
    drawing.replaceChildren(...sections(map));
  };
  const draw = async (): Promise<void> => {
    status.textContent = 'Reading both kinds of text …';
    choose.toggleAttribute('disabled', true);
    const map = await host.request({ type: 'drawMap' });
    choose.toggleAttribute('disabled', false);
    if (map === undefined) status.textContent = '';
    else show(map);
  };
  const choose = button({
    text: 'Choose Your Notes and Draw Map',
    isPrimary: true,
    onClick: () => void draw(),
  });
  return {
    root: element(
      'div',
      {},
      element(
        'p',
        {},
        'Compares the accepted sentences of the run with sentences from your own notes. Sentences about similar things ' +
          'are close together. The bundled encoder reads both on this computer, and nothing is sent.',
      ),
      element('div', { class: 'bar' }, choose, status),
      drawing,
    ),
    async showLatest() {
      const map = await host.request({ type: 'latestMap' });
      if (map !== undefined) show(map);
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
      element('span', { class: 'key own' }, 'Your notes'),
      element('span', { class: 'quiet' }, `The map shows ${percent(share)} of the variance.`),
    ),
    scatter(map),
    section(
      'How similar they are',
      quiet(
        'Mean cosine similarity to the nearest sentence of each kind: 1 is identical, 0 has nothing in common.',
      ),
      table(
        'How similar they are',
        ['Sentences', 'To synthetic ones', 'To your own'],
        [
          { cells: ['Synthetic', similar(gap.syntheticToSynthetic), similar(gap.syntheticToOwn)] },
          { cells: ['Your own', similar(gap.ownToSynthetic), similar(gap.ownToOwn)] },
        ],
      ),
    ),
    section(
      'Your sentences that are least like the synthetic ones',
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

/** The figures in words, for people who do not read them every day. */
function gapSentence({ gap }: ReviewMap): string {
  const { toldApart, ownToSynthetic, ownToOwn } = gap;
  const verdict =
    toldApart < 0.6
      ? 'The two kinds are well mixed'
      : toldApart < 0.8
        ? 'The two kinds overlap in part'
        : toldApart < 0.95
          ? 'The two kinds are mostly separate'
          : 'The two kinds are separate';
  return (
    `${verdict}: the nearest neighbour of ${percent(toldApart)} of the sentences is of the same kind ` +
    `(50% if they cannot be told apart). The mean similarity of your sentences is ${similar(ownToSynthetic)} to the ` +
    `nearest synthetic sentence and ${similar(ownToOwn)} to the nearest of your own.`
  );
}

function similar(cosine: number): string {
  return cosine.toFixed(2);
}
