// Fields that are chosen by typing: agencies from the registry, deadlines by the phrase that says them.

import { address, get, words } from "./words.js";

const name = document.body.dataset.document;
const PAUSE = 90; // milliseconds without a key before the server is asked

const SOURCES = {
  agencies: {
    ask: (typed) => get(`/agencies/${address(name)}?q=${encodeURIComponent(typed)}`),
    title: (item) => item.name,
    detail: (item) => item.id,
    same: (one, other) => one.id === other.id && one.name === other.name,
  },
  deadlines: {
    ask: (typed) => get(`/phrase/${address(name)}?q=${encodeURIComponent(typed)}`),
    title: (item) => item.words ?? item.phrase,
    detail: (item) => `“${item.phrase}” ${item.value}`,
    same: (one, other) => one.phrase === other.phrase && one.value === other.value,
  },
};

const element = (tag, attributes, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

// Make a field with chips, a box and a list of options; *most* is how many values it holds.
export function makePicker(field, values, changed, most = Infinity) {
  const source = SOURCES[field.dataset.widget];
  const [chips, box, list] = [field.querySelector(".chips"), field.querySelector("input"), field.querySelector(".options")];
  let options = [];
  let at = -1;
  let asked = 0;
  let answered = "";

  function drawChips() {
    chips.replaceChildren(...values.map((value, number) => element("li", {},
      element("span", { textContent: source.title(value), title: source.detail(value) }), " ",
      element("button", { type: "button", className: "drop", textContent: "×", ariaLabel: `${words.remove}: ${source.title(value)}`,
        onclick: () => { values.splice(number, 1); drawChips(); changed(); box.focus(); } }))));
  }
  function drawOptions(message) {
    list.replaceChildren(...options.map((option, number) => {
      const row = element("li", { id: `${list.id}-${number}` }, element("b", { textContent: source.title(option) }), " ", element("small", { textContent: source.detail(option) }));
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(number === at));
      row.dataset.number = number;
      return row;
    }), ...(message ? [element("li", { className: "quiet", textContent: message })] : []));
    list.hidden = !list.childElementCount;
    box.setAttribute("aria-expanded", String(!list.hidden));
    if (at >= 0) {
      box.setAttribute("aria-activedescendant", `${list.id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }
  function close() {
    options = [];
    at = -1;
    drawOptions();
  }
  function choose(number) {
    const value = options[number];
    if (!value) return;
    if (!values.some((known) => source.same(known, value))) values.push(value);
    while (values.length > most) values.shift();
    box.value = "";
    asked += 1; // an answer that is still on its way comes too late
    drawChips();
    close();
    changed();
  }
  async function ask(typed) {
    const number = ++asked;
    const found = typed ? await source.ask(typed).catch(() => []) : [];
    if (number !== asked) return false;
    options = found;
    answered = typed;
    at = found.length ? 0 : -1;
    drawOptions(typed && !found.length && field.dataset.widget === "deadlines" ? words.no_reading : "");
    return true;
  }
  // Take what the box says; whether nothing is left in it.
  let picking = Promise.resolve(true);
  function pick() {
    clearTimeout(timer);
    if (options.length && answered === box.value.trim()) choose(at);
    else picking = picking.then(() => ask(box.value.trim())).then((newest) => newest && choose(Math.max(at, 0)));
  }
  async function ready() {
    await picking;
    if (box.value.trim()) pick();
    await picking;
    return !box.value.trim();
  }
  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(box.value.trim()), PAUSE);
    changed();
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      at = (at + step + options.length) % options.length;
      drawOptions();
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!box.value.trim()) return;
      pick();
      return;
    } else if (event.key === "Backspace" && !box.value && values.length) {
      values.pop();
      drawChips();
      changed();
    } else if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const row = event.target.closest("[data-number]");
    if (row) choose(Number(row.dataset.number));
  });
  box.addEventListener("blur", close);
  drawChips();
  return { get: () => values, ready };
}
