import { capitalised } from '../../foundation/capitalised.ts';
import { cssPercent, grouped, percent } from '../../foundation/numbers.ts';
import type { Report } from '../report.ts';
import { errorSection } from './htmlErrors.ts';
import { reportStyle } from './htmlStyle.ts';
import { safe, type SafeHtml } from './safeHtml.ts';
import {
  comparisonSentence,
  dateOf,
  hasInterval,
  isOfRows,
  intervalSentence,
  partialMeanings,
  partialViews,
  plainSummary,
  rowMeasures,
  scoreRows,
  settingOf,
} from './wording.ts';

/**
 * The report as one HTML file without scripts or external resources, light or dark like the reader's system. Text from
 * documents is escaped, and the content security policy of the page allows only its style sheet.
 */
export function renderHtml(report: Report): string {
  return `<!doctype html>\n${page(report).markup}\n`;
}

function page(report: Report): SafeHtml {
  return safe`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <title>${report.title}</title>
      <style>
        ${{ markup: reportStyle }}
      </style>
    </head>
    <body>
      <main>
        <header>
          <p class="task">${report.task === 'ner' ? 'Entity recognition' : 'Relation extraction'}</p>
          <h1>${report.title}</h1>
          <p class="quiet">${dateOf(report.created, 'UTC')}. ${sentence(settingOf(report))}</p>
        </header>
        ${headline(report)} ${typeSection(report)}
        ${report.task === 'ner' ? partialSection(report.partial) : undefined} ${errorSection(report)}
        ${howToRead(report)}
        <footer>
          <p>Gold data: ${files(report.sources.gold)}. Predictions: ${files(report.sources.predicted)}.</p>
          <p>Made by Chartmark on this computer.</p>
        </footer>
      </main>
    </body>
  </html>`;
}

function headline(report: Report): SafeHtml {
  const { micro, macro } = report;
  const comparison = comparisonSentence(report);
  return safe`<section class="headline" aria-label="Summary">
    <div class="main-figure">
      <h2>Micro F1</h2>
      <p class="figure">${percent(micro.f1)}</p>
      ${intervalTrack(report)}
    </div>
    <dl class="figures">
      ${figure('Precision', percent(micro.precision), 'of what was marked is right')}
      ${figure('Recall', percent(micro.recall), 'of what is there was found')}
      ${figure('Macro F1', percent(macro.f1), 'each type counts the same')}
      ${rowMeasures(report).map((measure) => figure(...measure))}
    </dl>
    <p class="summary">${plainSummary(report)}</p>
    ${comparison === undefined ? undefined : safe`<p class="summary">${comparison}</p>`}
    ${(report.notes ?? []).map((note) => safe`<p class="summary">Note: ${note}</p>`)}
  </section>`;
}

function figure(name: string, value: string, meaning: string): SafeHtml {
  return safe`<div>
    <dt>${name}</dt>
    <dd>${value}<small>${meaning}</small></dd>
  </div>`;
}

/** The interval on a scale from 0 to 100%. The sentence below it says the same. */
function intervalTrack(report: Report): SafeHtml {
  const [low, high] = report.interval.f1;
  const band = hasInterval(report)
    ? safe`<span class="band" style="left:${cssPercent(low)};width:${cssPercent(high - low)}"></span>`
    : undefined;
  return safe`<div class="track" aria-hidden="true">
      ${band}<span class="point" style="left:${cssPercent(report.micro.f1)}"></span>
    </div>
    <p class="quiet">${intervalSentence(report)}</p>`;
}

function typeSection(report: Report): SafeHtml {
  const negative = isOfRows(report) ? report.negativeLabel : undefined;
  const rows = scoreRows(report).map(
    (row) =>
      safe`<tr class="${row.kind}">
        <th scope="row">
          ${row.label}${row.kind === 'type' && row.label === negative ? safe` <small>(negative)</small>` : undefined}
        </th>
        ${bar('p', row.precision)}${bar('r', row.recall)}${bar('f', row.f1)}
        <td class="count">${grouped(row.support)}</td>
        <td class="count">${row.predicted === undefined ? '' : grouped(row.predicted)}</td>
        <td class="count">${row.correct === undefined ? '' : grouped(row.correct)}</td>
      </tr> `,
  );
  return safe`<section>
    <h2>Scores by type</h2>
    ${scoreTable('Type', ['In gold', 'Predicted', 'Correct'], rows)}
  </section>`;
}

/** A table with the columns `name`, precision, recall, F1 and `counts`. */
function scoreTable(name: string, counts: readonly string[], rows: readonly SafeHtml[]): SafeHtml {
  const scores = [name, 'Precision', 'Recall', 'F1'].map((title) => safe`<th scope="col">${title}</th> `);
  const numbers = counts.map((title) => safe`<th scope="col" class="count">${title}</th> `);
  return safe`<div class="wide">
    <table class="scores">
      <thead>
        <tr>
          ${scores}${numbers}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function bar(measure: 'p' | 'r' | 'f', fraction: number): SafeHtml {
  const rail = safe`<span class="rail" aria-hidden="true"><span style="width:${cssPercent(fraction)}"></span></span>`;
  const value = safe`<span class="value">${percent(fraction)}</span>`;
  return safe`<td class="bar ${measure}"><span class="cell">${rail}${value}</span></td>`;
}

function partialSection(partial: Extract<Report, { task: 'ner' }>['partial']): SafeHtml {
  const rows = partialViews.map(
    (view) =>
      safe`<tr>
        <th scope="row">${sentence(view).slice(0, -1)} <small>${partialMeanings[view]}</small></th>
        ${bar('p', partial[view].precision)}${bar('r', partial[view].recall)}${bar('f', partial[view].f1)}
      </tr> `,
  );
  return safe`<section>
    <h2>With partial credit</h2>
    <p class="quiet">The same predictions under four ways of counting a mention that is nearly right.</p>
    ${scoreTable('Way of counting', [], rows)}
  </section>`;
}

function howToRead(report: Report): SafeHtml {
  const exact = isOfRows(report)
    ? 'A row is right if it has the label of the gold data. The averages leave out the negative label.'
    : report.task === 'ner'
      ? 'A mention is right if its first word, last word and type are those of the gold data.'
      : 'A relation is right if its label, its direction and both mentions are those of the gold data.';
  return safe`<section class="how">
    <h2>How to read this</h2>
    <dl>
      <dt>Exact match</dt>
      <dd>${exact}</dd>
      <dt>Precision</dt>
      <dd>The share of what was predicted that is right. A low one means false alarms.</dd>
      <dt>Recall</dt>
      <dd>The share of what is in the gold data that was found. A low one means oversights.</dd>
      <dt>F1</dt>
      <dd>One figure for both, nearer to the lower of the two.</dd>
      <dt>Micro, macro</dt>
      <dd>Micro pools everything, so frequent types weigh more. Macro is the plain mean over the types.</dd>
      <dt>Interval</dt>
      <dd>
        Where micro F1 would fall, 95 times in 100, on other samples of texts like these. Two results whose
        intervals overlap widely are hard to tell apart.
      </dd>
    </dl>
  </section>`;
}

function files(list: readonly string[]): string {
  return list.length === 0 ? 'not named' : list.join(', ');
}

function sentence(text: string): string {
  return `${capitalised(text)}.`;
}
