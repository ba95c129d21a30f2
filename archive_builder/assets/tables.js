/* Brings tables that sort and narrow to life; what does it is fetched only where a page has such a table. */

async function arrive() {
  if (!document.querySelector("table.ab-sortable")) return;
  const { start } = await import("./tables/lists.js");
  start();
}

// Material tells of every page that its instant navigation puts in; without it there is one.
if (window.document$) window.document$.subscribe(arrive);
else arrive();
