// Which key does what; the help sheet lists the same.

import { acts, isOpening, nextUnsure, showTab, step } from "./document.js";
import { typing } from "./words.js";

const KEYS = {
  j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), n: nextUnsure,
  Home: () => step(-Infinity), End: () => step(Infinity),
  a: acts_("accept"), x: acts_("reject"), e: acts_("edit"), l: acts_("lead"), p: acts_("partner"), d: acts_("deadline"),
  w: acts_("words"), s: acts_("split"), m: acts_("merge"), c: acts_("comment"), v: acts_("select"), t: acts_("add"),
  b: acts_("bulk"), u: acts_("undo"), r: acts_("redo"), o: acts_("order"), h: acts_("onlyOpen"), i: acts_("original"),
  g: acts_("documents"), "?": acts_("help"),
};
const TABS = "1234567890";

function acts_(name) {
  return () => acts[name]();
}

export function handleKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isOpening()) return event.preventDefault();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.target.matches?.('[role="tab"]') && ["ArrowRight", "ArrowLeft"].includes(event.key)) return moveTab(event);
  const tabs = document.querySelectorAll("[data-tab]");
  if (TABS.includes(event.key) && tabs[TABS.indexOf(event.key)]) showTab(tabs[TABS.indexOf(event.key)].dataset.tab);
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
}

function moveTab(event) {
  const all = [...event.target.parentElement.querySelectorAll('[role="tab"]')];
  const by = event.key === "ArrowRight" ? 1 : -1;
  const next = all[(all.indexOf(event.target) + by + all.length) % all.length];
  next.click();
  next.focus();
  event.preventDefault();
}
