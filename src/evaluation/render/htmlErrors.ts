import { counted, grouped } from '../../foundation/numbers.ts';
import { fairShare } from '../errorList.ts';
import type { ErrorKind, MarkedText, Report, ReportError } from '../report.ts';
import { markedParts } from './overlap.ts';
import { safe, type SafeHtml } from './safeHtml.ts';
import { errorKinds, kindMeanings, kindNames, placeOf } from './wording.ts';

const examplesShown = 32;

/** The errors: their counts as a bar and a table, then examples of each kind. */
export function errorSection(report: Report): SafeHtml {
  const kinds = errorKinds.filter((kind) => report.task === 'ner' || kind !== 'boundary');
  return safe`<section>
    <h2>Right and wrong</h2>
    ${countBar(report, kinds)}
    <div class="wide">
      <table class="counts">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col" class="count">Count</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          ${(['correct', ...kinds] as const).map(
            (kind) =>
              safe`<tr>
                <th scope="row"><span class="swatch ${kind}" aria-hidden="true"></span>${kindNames[kind]}</th>
                <td class="count">${grouped(report.counts[kind])}</td>
                <td>${kindMeanings[kind]}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${examples(report, kinds)}
  </section>`;
}

function countBar({ counts }: Report, kinds: readonly ErrorKind[]): SafeHtml {
  const parts = (['correct', ...kinds] as const).filter((kind) => counts[kind] > 0);
  return safe`<div class="stack" aria-hidden="true">
    ${parts.map((kind) => safe`<span class="${kind}" style="flex-grow:${counts[kind]}"></span>`)}
  </div>`;
}

function examples(report: Report, kinds: readonly ErrorKind[]): SafeHtml | undefined {
  if (report.errors.length === 0) return undefined;
  const shown = fairShare(report.errors, examplesShown);
  const all = kinds.reduce((sum, kind) => sum + report.counts[kind], 0);
  const groups = kinds.map((kind) => {
    const errors = shown.filter((error) => error.kind === kind);
    if (errors.length === 0) return undefined;
    return safe`<details open>
      <summary>
        ${kindNames[kind]}
        <small
          >${grouped(errors.length)} of ${grouped(report.counts[kind])} shown: ${kindMeanings[kind]}</small
        >
      </summary>
      <ul class="examples">
        ${errors.map(example)}
      </ul>
    </details> `;
  });
  return safe`<h3>Examples</h3>
    <p class="quiet">
      ${counted(shown.length, 'example')} of ${grouped(all)}, each with a few words around it.
    </p>
    ${groups}`;
}

function example(error: ReportError): SafeHtml {
  const { gold, predicted, before, after } = error;
  const words = markedParts(error).map(
    (part) =>
      safe`<mark class="${[part.gold ? 'gold' : '', part.predicted ? 'predicted' : ''].join(' ').trim()}">${part.text}</mark>`,
  );
  return safe`<li>
    <p class="words">${before}${words}${after}</p>
    <p class="verdict">${verdict(gold, predicted)} <span class="place">${placeOf(error)}</span></p>
  </li> `;
}

function verdict(gold: MarkedText | undefined, predicted: MarkedText | undefined): SafeHtml {
  const score = predicted?.score === undefined ? '' : ` (${predicted.score.toFixed(2)})`;
  const sides = [
    gold === undefined ? safe`<span>Gold: none</span>` : safe`<span>Gold: <b>${gold.label}</b></span>`,
    predicted === undefined
      ? safe`<span>Predicted: none</span>`
      : safe`<span>Predicted: <b>${predicted.label}</b>${score}</span>`,
  ];
  return safe`${sides}`;
}
