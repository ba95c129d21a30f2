/**
 * Keeps the addresses of our own pages off paper, where those of others are written out (print.css).
 *
 * Material's instant navigation makes every link absolute, so that a style sheet alone cannot tell them apart.
 */

const config = document.getElementById("__config");
if (config) {
  const top = new URL(JSON.parse(config.textContent).base.replace(/\/?$/, "/"), location.href).href;
  const style = document.createElement("style");
  style.textContent = `@media print { .md-typeset a[href^=${JSON.stringify(top)}]::after { content: none !important; } }`;
  document.head.append(style);
}
