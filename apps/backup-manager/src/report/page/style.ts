/** Light and dark, for a phone, a mail and paper: system fonts, no image, nothing that is fetched. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c2126;--dim:#5c6670;--paper:#fff;--card:#f4f6f8;--line:#d5dbe1;--good:#1a7f4b;--poor:#b25e00;--none:#8a949e;--new:#7aa7d9;--bad:#b3261e;--alarm:#fdeceb}
@media(prefers-color-scheme:dark){:root{--ink:#e4e8ec;--dim:#9aa5b0;--paper:#14181c;--card:#1d2328;--line:#343c44;--good:#4cc38a;--poor:#f0a04b;--none:#77828d;--new:#3f6ea3;--bad:#ff8a80;--alarm:#3a2120}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1rem;background:var(--paper);color:var(--ink);font:16px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.2em 0}h2{font-size:1.15rem;margin:1.6em 0 .5em}h3{font-size:1rem;margin:0}
p{margin:.4em 0}.dim,dt,th{color:var(--dim)}.bad{color:var(--bad)}
article,.alarm{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;margin:.6rem 0}
.alarm,.trouble{border-left:.3rem solid var(--bad)}.alarm{background:var(--alarm)}
.alarm ul{margin:.3em 0;padding-left:1.2em}
dl{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;margin:.2rem 0 .4rem;font-size:.9rem}
dl div{display:flex;gap:.4rem}dd{margin:0}
svg{display:block;width:100%;height:3rem}path{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
.good{stroke:var(--good)}.poor{stroke:var(--poor);stroke-width:3}.none{stroke:var(--none);stroke-width:3}.new{stroke:var(--new);stroke-width:3}.size{stroke:var(--dim);stroke-width:1}
svg.key{display:inline-block;width:1.2em;height:1em;vertical-align:-.15em}
table{border-collapse:collapse;font-size:.9rem}td,th{text-align:left;padding:.15rem .8rem .15rem 0;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums;font-weight:400}
.wide{overflow-x:auto}summary{cursor:pointer;color:var(--dim);font-size:.9rem}
code{font-family:ui-monospace,monospace;font-size:.9em}
@media print{body{max-width:none;padding:0;font-size:10pt}article,.alarm{break-inside:avoid}}
`;
