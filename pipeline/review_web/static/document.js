// The page of one document: choosing records, deciding about them, showing what came of it.

import { closeForm, openForm, readDraft, showForm } from "./forms.js";
import { handleKey } from "./keys.js";
import { hasOriginal, showCard } from "./original.js";
import { beginSelecting, lineAt, mark, selected } from "./places.js";
import { idle, send, watch } from "./saving.js";
import { openHelp } from "./top.js";
import { address, get, words } from "./words.js";

const name = document.body.dataset.document;
const find = (id) => document.getElementById(id);
const panes = find("main");
const lists = document.querySelector(".lists");
const UNSURE = Number(document.body.dataset.unsure);

// --- choosing -------------------------------------------------------------------------------------------------------

let current = null;

export const cards = () => [...activeList().querySelectorAll(":scope > .card")].filter((card) => !hidden(card));
const activeList = () => lists.querySelector(":scope > .list:not([hidden])");
const hidden = (card) => lists.classList.contains("only-open") && card.dataset.verdict && card !== current;

export function choose(card, { scroll = true } = {}) {
  if (!card) return;
  const list = card.closest("[data-list]");
  current?.classList.remove("current");
  current?.removeAttribute("aria-current");
  current = card;
  if (list.hidden) showTab(list.dataset.list);
  card.classList.add("current");
  card.setAttribute("aria-current", "true");
  card.focus({ preventScroll: true });
  if (scroll) reveal(card);
  mark(card.dataset.key, Number(card.dataset.start));
  if (!find("original").hidden) showCard(card);
}

function reveal(card) {
  const box = card.getBoundingClientRect();
  const pane = lists.getBoundingClientRect();
  if (box.top < pane.top + 8 || box.bottom > pane.bottom - 8) card.scrollIntoView({ block: box.height > pane.height * 0.7 ? "start" : "center" });
}

export function step(by) {
  const all = cards();
  const at = all.indexOf(current);
  choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

export function nextUnsure() {
  const open = cards().filter((card) => !card.dataset.verdict && card !== current);
  const at = cards().indexOf(current);
  const behind = open.filter((card) => cards().indexOf(card) > at);
  const unsure = (card) => Number(card.dataset.doubt) < UNSURE;
  const next = behind.find(unsure) ?? open.find(unsure);
  if (next) choose(next);
  else say(words.no_more);
}

function goOn() {
  const all = cards();
  const next = all.slice(all.indexOf(current) + 1).find((card) => !card.dataset.verdict);
  if (next) choose(next);
}

export function showTab(kind) {
  for (const tab of document.querySelectorAll("[data-tab]")) {
    const chosen = tab.dataset.tab === kind;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  for (const list of lists.children) list.hidden = list.dataset.list !== kind;
  if (current?.closest("[data-list]").dataset.list !== kind) leave(); // nothing is decided about what is out of sight
  if (kind === "history") showHistory();
}

// Choose the first record of the list that is shown now, if it has one.
function leave() {
  current?.classList.remove("current");
  current?.removeAttribute("aria-current");
  current = null;
  const all = cards();
  choose(all.find((card) => !card.dataset.verdict) ?? all[0]);
}

async function showHistory() {
  const answer = await fetch(`/history/${address(name)}`);
  find("list-history").innerHTML = await answer.text(); // rendered and escaped by the server
}

export function showMode(mode) {
  for (const tab of document.querySelectorAll("[data-mode]")) {
    const chosen = tab.dataset.mode === mode;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    find(tab.dataset.mode).hidden = !chosen;
  }
  if (mode === "original" && hasOriginal) showCard(current);
  if (mode === "text" && current) mark(current.dataset.key, Number(current.dataset.start));
}

export function showPane(pane) {
  panes.dataset.pane = pane;
  for (const button of document.querySelectorAll(".switch [data-pane]")) button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
  if (current && pane === "text") mark(current.dataset.key, Number(current.dataset.start));
}

// --- order ----------------------------------------------------------------------------------------------------------

const order = find("order");

function sortCards(list) {
  const by = order.value === "text" ? (card) => Number(card.dataset.start) : (card) => Number(card.dataset.doubt);
  const all = [...list.querySelectorAll(":scope > .card")];
  const sorted = all.toSorted((one, other) => by(one) - by(other) || one.dataset.start - other.dataset.start);
  if (sorted.some((card, at) => card !== all[at])) list.prepend(...sorted);
}

export function setOrder(value) {
  order.value = value;
  localStorage.setItem("kehoach-order", value);
  for (const list of lists.children) sortCards(list);
  if (current) reveal(current);
}

export function setOnlyOpen(only) {
  find("only-open").checked = only;
  localStorage.setItem("kehoach-only-open", only ? "1" : "");
  lists.classList.toggle("only-open", only);
}

// --- saying ---------------------------------------------------------------------------------------------------------

export function say(message, state = "told") {
  const status = find("status");
  status.textContent = message;
  status.dataset.state = state;
  status.classList.toggle("bad", state === "failed");
}

function warn({ message, meanwhile = [] }) {
  const banner = find("banner");
  banner.querySelector("b").textContent = message;
  banner.querySelector("ul").replaceChildren(...meanwhile.map((each) => Object.assign(document.createElement("li"), { textContent: each })));
  banner.querySelector("p").textContent = meanwhile.length ? words.conflict_do : "";
  banner.hidden = false;
}

// --- deciding -------------------------------------------------------------------------------------------------------

// Send one decision; what went wrong is returned in words.
async function decide(request) {
  say(words.saving, "saving");
  const { status, body } = await send(request);
  if (status === 200) {
    show(body);
    if (idle()) say(`${words.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false, hour: "2-digit", minute: "2-digit", second: "2-digit" })}`, "saved");
    return null;
  }
  const message = status === 0 ? words.not_saved : status === 401 ? words.log_in_again : body.message ?? String(status);
  say(message, "failed");
  if (status === 409) warn(body);
  return message;
}

const element = (markup) => {
  const template = document.createElement("template");
  template.innerHTML = markup; // rendered and escaped by the server
  return template.content.firstElementChild;
};

// Show what a decision has changed.
function show(body) {
  if (body.reload) location.reload();
  for (const [start, markup] of Object.entries(body.lines ?? {})) find(`l${start}`)?.replaceWith(element(markup));
  for (const key of body.gone ?? []) {
    const card = find(`c-${key}`);
    if (card === current) current = null;
    card?.remove();
  }
  for (const [key, [kind, markup]] of Object.entries(body.cards ?? {})) showChanged(find(`c-${key}`), kind, element(markup));
  for (const kind of Object.keys(body.order ?? {})) {
    const list = lists.querySelector(`[data-list="${kind}"]`);
    if (!list) continue;
    sortCards(list);
    document.querySelector(`[data-tab="${kind}"] .count`).textContent = list.querySelectorAll(":scope > .card").length;
  }
  if (current) mark(current.dataset.key, Number(current.dataset.start));
  find("share").max = body.of || 1;
  find("share").value = body.decided;
  find("share-words").textContent = `${body.decided}/${body.of}`;
  if (activeList().dataset.list === "history") showHistory();
}

function showChanged(old, kind, card) {
  if (!old) {
    lists.querySelector(`[data-list="${kind}"]`)?.prepend(card);
    return;
  }
  old.replaceWith(card);
  if (old === current) {
    const focused = document.activeElement === document.body || old.contains(document.activeElement);
    current = card;
    card.classList.add("current");
    if (focused) card.focus({ preventScroll: true });
  }
}

const decidable = (card) => card && !["diagnostic"].includes(card.dataset.kind);

function quickly(action) {
  if (!decidable(current)) return say(words.select_first, "failed");
  const { key } = current.dataset;
  const card = current;
  goOn();
  return decide({ action, records: [key] }).then((told) => told && choose(find(card.id)));
}

// --- forms ----------------------------------------------------------------------------------------------------------

// A form whose values are on their way: until it is there, keys belong to nobody.
let opening = false;
export const isOpening = () => opening;

async function opened(path) {
  opening = true;
  try {
    return await get(path);
  } catch (error) {
    say(error.message, "failed");
    return null;
  } finally {
    opening = false;
  }
}

async function edit(form = null, focus = null) {
  if (!decidable(current)) return say(words.select_first, "failed");
  const { key, kind } = current.dataset;
  if (form && form !== "comment" && kind !== "task") return say(words.only_tasks, "failed");
  if (form === "comment") return showForm(current, { form, record: key, values: {} }, submit);
  const host = current;
  const chosen = focus === "span" ? selected() : null;
  const found = await opened(`/values/${encodeURIComponent(key)}/${address(name)}`);
  if (!found) return null;
  const draft = { form: form ?? kind, record: key, values: found.values, said: chosen?.words };
  if (chosen) draft.values.span = chosen.span;
  if (form === "split") draft.values = { parts: found.words.trim().split(/\s+/).join(" ") };
  if (form === "merge") Object.assign(draft, { near: found.near, values: { records: found.near.filter((each) => each.next).map((each) => each.key) } });
  return showForm(host, draft, submit, focus);
}

async function addTask() {
  const { span, words: said } = selected() ?? {};
  if (!span) return say(words.add_hint, "failed");
  const found = await opened(`/suggestions/${span[0]}/${span[1]}/${address(name)}`);
  if (!found) return null;
  showPane("records");
  const values = { leads: [], partners: [], condition: null, section: null, ...found.values, span };
  showForm(find("new-task"), { form: "task", record: null, values, said }, submit);
  return null;
}

async function submit({ form, record, values, comment }) {
  const told = await decide(requestOf(form, record, values, comment));
  if (!told) {
    const host = openForm()?.host;
    closeForm();
    if (host?.id === "new-task") choose([...lists.querySelectorAll('[data-verdict="added"]')].find((card) => Math.abs(Number(card.dataset.start) - values.span[0]) < 3));
    else choose(find(`c-${record}`) ?? current);
  }
  return told;
}

function requestOf(form, record, values, comment) {
  const about = { records: record ? [record] : [], comment };
  const without = ({ words: _, ...rest }) => rest;
  if (form === "comment") return { action: "comment", ...about };
  if (form === "split") return { action: "split", ...about, parts: values.parts.split("\n") };
  if (form === "merge") return { action: "merge", ...about, records: [record, ...values.records] };
  const changes = { ...values };
  if (changes.deadlines) changes.deadlines = changes.deadlines.map(without);
  if (changes.deadline) changes.deadline = without(changes.deadline);
  if (record) return { action: "edit", ...about, changes };
  const { span, section, ...rest } = changes;
  return { action: "add", comment, span, changes: section ? { section, ...rest } : rest };
}

// --- accepting many -------------------------------------------------------------------------------------------------

const bulk = find("bulk");
const least = find("bulk-least");
const sureEnough = () => cards().filter((card) => decidable(card) && !card.dataset.verdict && card.dataset.kind !== "metadata" && Number(card.dataset.doubt) * 100 >= Number(least.value));
const count = () => { find("bulk-count").value = `${sureEnough().length} / ${cards().filter((card) => !card.dataset.verdict).length}`; };
least.addEventListener("input", count);
bulk.addEventListener("close", () => {
  const records = sureEnough().map((card) => card.dataset.key);
  if (bulk.returnValue === "go" && records.length) decide({ action: "accept", records });
});

export const acts = {
  accept: () => quickly("accept"),
  reject: () => quickly("reject"),
  edit: () => edit(),
  lead: () => edit(null, "leads"),
  partner: () => edit(null, "partners"),
  deadline: () => edit(null, "deadlines"),
  words: () => edit(null, "span"),
  split: () => edit("split"),
  merge: () => edit("merge"),
  comment: () => edit("comment"),
  add: addTask,
  select: () => {
    showPane("text");
    showMode("text");
    if (current) beginSelecting(current.dataset.key, Number(current.dataset.start));
  },
  bulk: () => {
    count();
    bulk.returnValue = "";
    bulk.showModal();
  },
  undo: () => decide({ action: "undo" }),
  redo: () => decide({ action: "redo" }),
  help: openHelp,
  order: () => setOrder(order.value === "text" ? "doubt" : "text"),
  onlyOpen: () => setOnlyOpen(!find("only-open").checked),
  original: () => showMode(find("original").hidden ? "original" : "text"),
  documents: () => location.assign("/"),
  reload: () => location.reload(),
};

// --- events: a few for the whole page, none for each record ---------------------------------------------------------

document.addEventListener("click", (event) => {
  const { target } = event;
  if (!(target instanceof Element)) return;
  const by = (selector) => target.closest(selector);
  if (by("[data-act]")) acts[by("[data-act]").dataset.act]();
  else if (by("[data-tab]")) showTab(by("[data-tab]").dataset.tab);
  else if (by("[data-mode]")) showMode(by("[data-mode]").dataset.mode);
  else if (by("button[data-pane]")) showPane(by("button[data-pane]").dataset.pane);
  else if (by("[data-go]")) choose(find(`c-${by("[data-go]").dataset.go}`));
  else if (by("[data-at]")) {
    event.preventDefault();
    showPane("text");
    showMode("text");
    lineAt(Number(by("[data-at]").dataset.at))?.scrollIntoView({ block: "start" });
  } else if (by("#text [data-r]") && getSelection().isCollapsed) chooseAt(by("#text [data-r]"));
  else if (by(".card") && !by("form")) choose(by(".card"), { scroll: false });
});

// The smallest record at a place of the text; a second click goes to the next larger one.
function chooseAt(piece) {
  const found = piece.dataset.r.split(" ").map((key) => find(`c-${key}`)).filter(Boolean);
  const shown = found.findIndex((card) => card === current);
  const active = activeList().dataset.list;
  const preferred = shown < 0 ? found.find((card) => card.dataset.kind === active) : null;
  choose(preferred ?? found[(shown + 1) % found.length]);
}

document.addEventListener("keydown", handleKey);
order.addEventListener("change", () => setOrder(order.value));
find("only-open").addEventListener("change", (event) => setOnlyOpen(event.target.checked));
watch((body) => warn(body));

if (matchMedia("(max-width: 760px)").matches) document.querySelector(".outline details").open = false;
setOrder(localStorage.getItem("kehoach-order") ?? "doubt");
setOnlyOpen(Boolean(localStorage.getItem("kehoach-only-open")));
const asked = location.hash.startsWith("#c-") ? find(decodeURIComponent(location.hash.slice(1))) : null;
const draft = readDraft();
const host = draft && (draft.record ? find(`c-${draft.record}`) : find("new-task"));
choose(asked ?? (draft?.record ? host : null) ?? cards().find((card) => !card.dataset.verdict) ?? cards()[0]);
if (host) {
  showForm(host, draft, submit);
  say(words.draft_restored);
}
document.body.dataset.ready = "1";
