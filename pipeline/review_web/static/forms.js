// Edits in place: a form is made from its template and the record's values, and what is typed outlives a reload.

import { makePicker } from "./pickers.js";
import { selected } from "./places.js";
import { words } from "./words.js";

const DRAFT = `kehoach-draft:${document.body.dataset.document}`;
const SEPARATOR = "␟";
const SINGLE = ["issuer", "deadline"];

let open = null; // {form, host, draft, fields, submit}

export const openForm = () => open;
export const readDraft = () => JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");

export function closeForm() {
  if (!open) return;
  open.form.remove();
  open.host.classList.remove("editing");
  if (open.host.id === "new-task") open.host.hidden = true;
  open = null;
  sessionStorage.removeItem(DRAFT);
}

// Show the form *draft.form* in *host*, filled with *draft.values*; *submit* gets the request and says what is wrong.
export function showForm(host, draft, submit, focus) {
  closeForm();
  const form = document.getElementById(`form-${draft.form}`).content.firstElementChild.cloneNode(true);
  open = { form, host, draft, submit, fields: {} };
  for (const field of form.querySelectorAll("[data-field]")) {
    open.fields[field.dataset.field] = WIDGETS[field.dataset.widget](field, draft.values[field.dataset.field], keep, draft.said);
  }
  if (draft.form === "split") form.elements.parts.value = draft.values.parts;
  if (draft.form === "merge") fillNear(form.querySelector(".near"), draft.near, draft.values.records);
  if (form.elements.comment) form.elements.comment.value = draft.comment ?? "";
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    else if (event.key === "Escape") {
      closeForm();
      host.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  form.querySelector("[data-cancel]").addEventListener("click", () => {
    closeForm();
    host.focus();
  });
  host.hidden = false;
  host.append(form);
  host.classList.add("editing");
  const field = focus && form.querySelector(`[data-field="${focus}"]`);
  const first = field && (field.querySelector("input, textarea, select") ?? field.querySelector("button"));
  (first || form.querySelector("input, textarea, select")).focus();
  form.scrollIntoView({ block: "nearest" });
  keep();
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.code !== "KeyS" || !open) return;
  open.form.querySelector("[data-take]")?.click();
  event.preventDefault();
});

function keep(said) {
  if (open && typeof said === "string") open.draft.said = said;
  if (open) sessionStorage.setItem(DRAFT, JSON.stringify({ ...open.draft, values: collected(), comment: open.form.elements.comment?.value }));
}

function collected() {
  const values = Object.fromEntries(Object.entries(open.fields).map(([name, field]) => [name, field.get()]));
  if (open.draft.form === "split") values.parts = open.form.elements.parts.value;
  if (open.draft.form === "merge") values.records = [...open.form.querySelectorAll(".near input:checked")].map((box) => box.value);
  return values;
}

async function send() {
  const { form, draft, submit } = open;
  if (!form.reportValidity()) return;
  const picked = await Promise.all(Object.values(open.fields).map((field) => field.ready?.() ?? true));
  const told = !picked.every(Boolean) ? words.no_reading : await submit({ ...draft, values: collected(), comment: form.elements.comment?.value || null });
  const refusal = form.querySelector(".refusal");
  refusal.textContent = told ?? "";
  refusal.hidden = !told;
}

function fillNear(fieldset, near, ticked) {
  for (const { key, words: text } of near) {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: key, checked: ticked.includes(key) });
    label.append(box, " ", text);
    fieldset.append(label);
  }
}

function valueField(field, value) {
  const box = field.querySelector("input, textarea");
  box.value = value ?? "";
  const empty = value === "" ? "" : null;
  return { get: () => box.value.trim() || empty };
}

function sectionField(field, value) {
  const box = field.querySelector("select");
  box.append(document.getElementById("sections").content.cloneNode(true));
  box.value = value ? value.join(SEPARATOR) : "";
  return { get: () => (box.value ? box.value.split(SEPARATOR) : null) };
}

function spanField(field, value, changed, said = "") {
  let span = value ?? null;
  const shown = field.querySelector(".chosen");
  shown.textContent = said && `“${said}”`;
  const button = field.querySelector("[data-take]");
  button.addEventListener("mousedown", (event) => event.preventDefault()); // which would unselect
  button.addEventListener("click", () => {
    const found = selected();
    span = found?.span ?? span;
    shown.textContent = found ? `“${found.words}”` : words.select_words;
    if (found) changed(found.words);
  });
  return { get: () => span };
}

function pickerField(field, value, changed) {
  const single = SINGLE.includes(field.dataset.field);
  const values = single ? (value ? [value] : []) : [...(value ?? [])];
  const picker = makePicker(field, values, changed, single ? 1 : Infinity);
  return { get: () => (single ? picker.get()[0] ?? null : picker.get()), ready: picker.ready };
}

function measuresField(field, value, changed) {
  const rows = field.querySelector(".measures");
  const number = (said) => (said.trim() === "" ? null : Number(said.trim().replace(",", ".")));
  const add = (measure) => {
    const row = document.getElementById("row-measure").content.firstElementChild.cloneNode(true);
    row.known = measure;
    for (const box of row.elements) if (box.name) box.value = measure[box.name] ?? box.value ?? "";
    row.querySelector("[data-less]").addEventListener("click", () => {
      row.remove();
      changed();
    });
    rows.append(row);
  };
  (value ?? []).forEach(add);
  field.querySelector("[data-more]").addEventListener("click", () => add({ comparator: "=" }));
  const NUMBERS = ["value", "value_max", "denominator"];
  const read = (row) => Object.fromEntries([...row.elements].filter((box) => box.name)
    .map((box) => [box.name, NUMBERS.includes(box.name) ? number(box.value) : box.value.trim() || null]));
  return { get: () => [...rows.children].map((row) => ({ ...row.known, ...read(row) })) };
}

const WIDGETS = {
  text: valueField,
  date: valueField,
  section: sectionField,
  span: spanField,
  agencies: pickerField,
  deadlines: pickerField,
  measures: measuresField,
};
