// What pages do with a script: without it every link still leads to a page of its own.
"use strict";

// A row's evidence opens beneath it; a second click closes it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest ? event.target.closest("a.opens") : null;
  if (!link) return;
  const cell = document.getElementById(link.getAttribute("aria-controls"));
  if (!cell || !cell.hasChildNodes()) return;
  event.preventDefault();
  show(link, cell, cell.parentElement.hidden);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const link = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (link && link.matches && link.matches("a.opens")) show(link, event.detail.target, true);
  else narrow();
});
function show(link, cell, open) {
  cell.parentElement.hidden = !open;
  link.setAttribute("aria-expanded", String(open));
}

// Evidence that can't be fetched in place is opened as a page.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const link = event.target.closest ? event.target.closest("a[href]") : null;
    if (link) window.location.assign(link.href);
    else window.location.reload();
  });
}

// A screen reader is told how much was found.
document.addEventListener("htmx:afterSettle", () => {
  const found = document.getElementById("found");
  if (found) document.getElementById("announce").textContent = found.dataset.said;
});

// On a phone the facets are closed until asked for.
function narrow() {
  const facets = document.querySelector("details.facets");
  if (facets && window.matchMedia("(max-width: 46rem)").matches) facets.open = false;
}
narrow();

// Escape closes what a mark shows, and an opened row.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const row = event.target.closest ? event.target.closest("tr.opened") : null;
  if (row) {
    const link = document.querySelector(`[aria-controls="${CSS.escape(row.firstElementChild.id)}"]`);
    if (link) { show(link, row.firstElementChild, false); link.focus(); }
  } else if (document.activeElement && document.activeElement.matches("mark")) document.activeElement.blur();
});
