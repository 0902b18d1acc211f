// The list of documents by keyboard: j and k go from one to the next, Enter opens, / searches.

import { openHelp } from "./top.js";
import { typing } from "./words.js";

const links = [...document.querySelectorAll(".list .title a")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const at = links.indexOf(document.activeElement);
  const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  if (event.key in steps && links.length) {
    const next = at < 0 ? (steps[event.key] > 0 ? 0 : links.length - 1) : at + steps[event.key];
    links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  } else if (event.key === "/") document.getElementById("search").focus();
  else if (event.key === "?") openHelp();
  else return;
  event.preventDefault();
});

for (const select of document.querySelectorAll(".filters select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
