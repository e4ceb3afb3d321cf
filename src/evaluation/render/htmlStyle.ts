/** The style sheet of the static report. All text has the contrast that WCAG AA requires, in light and dark. */
export const reportStyle = `
:root {
  --ground: #f6f8f9; --sheet: #ffffff; --ink: #1b2733; --quiet: #55646f; --line: #dde4e8; --rail: #e9eef1;
  --precision: #4a7fb5; --recall: #8a6bbf; --f1: #0f7f78; --band: #9fd3cd;
  --correct: #0f7f78; --missed: #b4502f; --spurious: #c98a1b; --type: #8a6bbf; --boundary: #4a7fb5;
  --gold-mark: #fbe9b7; --predicted-mark: #d5e6f8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10161b; --sheet: #182028; --ink: #e4eaee; --quiet: #9fb0bb; --line: #2c3842; --rail: #26313a;
    --precision: #6ea3d8; --recall: #ad92de; --f1: #3fb6ac; --band: #245f5a;
    --correct: #3fb6ac; --missed: #e08660; --spurious: #dfae4f; --type: #ad92de; --boundary: #6ea3d8;
    --gold-mark: #574817; --predicted-mark: #1d4468;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .25rem; }
p { margin: 0 0 .75rem; }
small { color: var(--quiet); font-size: .8125rem; font-weight: 400; }
.quiet, footer { color: var(--quiet); font-size: .9rem; }
.task { color: var(--f1); font-weight: 600; font-size: .85rem; margin: 0 0 .25rem; }
section { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px;
  padding: 1.5rem; margin: 1.25rem 0 0; }
.headline { display: grid; grid-template-columns: minmax(16rem, 1fr) 2fr; gap: 1rem 2.5rem; }
.figure { font-size: 3.5rem; line-height: 1; font-weight: 650; letter-spacing: -.02em; color: var(--f1);
  margin: 0 0 1.1rem; font-variant-numeric: tabular-nums; }
.main-figure h2 { color: var(--quiet); font-size: .9rem; font-weight: 600; margin-bottom: .35rem; }
.track { position: relative; height: 8px; border-radius: 4px; background: var(--rail); margin: 0 0 .7rem; }
.band { position: absolute; top: 0; bottom: 0; min-width: 4px; border-radius: 4px; background: var(--band); }
.point { position: absolute; top: -4px; width: 4px; height: 16px; margin-left: -2px; border-radius: 2px;
  background: var(--f1); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1rem; margin: 0; }
.figures dt { color: var(--quiet); font-size: .9rem; font-weight: 600; }
.figures dd { margin: 0; font-size: 1.7rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.figures small { display: block; line-height: 1.35; }
.summary { grid-column: 1 / -1; margin: 0; padding-top: .9rem; border-top: 1px solid var(--line); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .55rem .9rem .55rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
thead th { color: var(--quiet); font-size: .8125rem; font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 7rem; overflow-wrap: break-word; }
tbody tr:last-child > * { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
.count { text-align: right; }
tr.average th { font-weight: 500; font-style: italic; }
.scores small { display: block; }
.bar { width: 20%; min-width: 8.5rem; }
.cell { display: flex; align-items: center; gap: .6rem; }
.rail { flex: 1; height: 8px; border-radius: 4px; background: var(--rail); overflow: hidden; }
.rail > span { display: block; height: 100%; border-radius: 4px; }
.value { min-width: 3.4rem; text-align: right; }
.p .rail > span { background: var(--precision); }
.r .rail > span { background: var(--recall); }
.f .rail > span { background: var(--f1); }
.stack { display: flex; gap: 2px; height: 18px; border-radius: 6px; overflow: hidden; margin: 0 0 1rem; background: var(--rail); }
.stack > span { min-width: 3px; }
.swatch { display: inline-block; width: .75rem; height: .75rem; border-radius: 3px; margin-right: .55rem; }
.correct { background: var(--correct); } .missed { background: var(--missed); } .spurious { background: var(--spurious); }
.stack .type, .swatch.type { background: var(--type); }
.boundary { background: var(--boundary); }
details { border-top: 1px solid var(--line); padding: .65rem 0; }
summary { cursor: pointer; font-weight: 600; }
summary:focus-visible { outline: 2px solid var(--f1); outline-offset: 3px; border-radius: 3px; }
.examples { list-style: none; margin: .6rem 0 0; padding: 0; }
.examples li { padding: .55rem 0 .55rem 1rem; border-left: 3px solid var(--line); margin: 0 0 .5rem; }
.words { margin: 0; overflow-wrap: anywhere; }
mark { color: inherit; background: var(--predicted-mark); padding: .05em 0; border-block: 2px solid transparent; }
mark.gold { background: var(--gold-mark); border-bottom-color: var(--spurious); }
mark.predicted { border-top: 2px dashed var(--precision); }
.verdict { margin: .15rem 0 0; color: var(--quiet); font-size: .875rem; display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; }
.verdict b { color: var(--ink); font-weight: 600; }
.place { margin-left: auto; }
.how dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem; margin: 0; }
.how dt { font-weight: 600; } .how dd { margin: 0; }
footer { margin: 1.5rem .25rem 0; overflow-wrap: anywhere; } footer p { margin: 0 0 .25rem; }
@media (max-width: 44rem) {
  .headline { grid-template-columns: 1fr; } .how dl { grid-template-columns: 1fr; gap: .1rem; } .how dd { margin-bottom: .6rem; }
  section { padding: 1.1rem; } .place { margin-left: 0; }
}
@media print {
  body { background: none; font-size: 11pt; } main { padding: 0; max-width: none; }
  section { break-inside: avoid-page; } * { print-color-adjust: exact; }
}
`;
