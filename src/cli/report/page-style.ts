/** How the page of a report looks: by the reader's own colours, on wide and narrow screens. */
export const STYLE = `
:root { --page: #fbfbfa; --panel: #fff; --text: #1c1f23; --faint: #5d6570; --line: #d9dce0; --accent: #0b62c4; --over: #b3261e; --bar: #2f6fb0; --bar-before: #b9c4d0; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171a; --panel: #1c2024; --text: #e7eaed; --faint: #a2abb5; --line: #353b42; --accent: #7db7ff; --over: #ff8a80; --bar: #6aa7e6; --bar-before: #55606c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
p { margin: .25rem 0; max-width: 70ch; }
.faint { color: var(--faint); }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; margin: 1.25rem 0; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; min-width: 0; }
.chart { position: relative; height: 11rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); padding-bottom: .25rem; }
th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
.over { color: var(--over); font-weight: 600; }
th button { all: unset; cursor: pointer; padding: .1rem .2rem; border-radius: .2rem; }
th button::after { content: '\\2195'; color: var(--faint); margin-left: .3rem; }
th[aria-sort=ascending] button::after { content: '\\25B2'; color: var(--accent); }
th[aria-sort=descending] button::after { content: '\\25BC'; color: var(--accent); }
:is(button, input, select, .scroll):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin-bottom: .75rem; }
.controls label { display: grid; gap: .15rem; font-size: .85rem; color: var(--faint); }
.controls label.check { display: flex; align-items: center; gap: .4rem; padding-bottom: .4rem; }
input[type=search], select, .pager button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: .3rem; padding: .35rem .6rem; }
input[type=search] { width: min(22rem, 80vw); }
.pager { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-top: .75rem; }
.pager button { cursor: pointer; }
.pager button:disabled { opacity: .5; cursor: default; }
.title { overflow-wrap: anywhere; }
.below { color: var(--faint); font-size: .85rem; overflow-wrap: anywhere; }
.panel > .scroll { margin-top: .75rem; }
@media (max-width: 40rem) {
  th, td { padding: .35rem .4rem; }
  .tier, .before { display: none; }
}
`;
