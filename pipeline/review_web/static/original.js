// The page of the original with the box of the record, drawn over it.

import { address, get } from "./words.js";

const pane = document.getElementById("original");
const sheet = document.getElementById("sheet");
const name = document.body.dataset.document;
const SVG = "http://www.w3.org/2000/svg";
let shown = { page: 0, box: null };

const element = (tag, attributes) => {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

export const hasOriginal = Boolean(sheet);

// Show *page*, with *box* (left, top, right, bottom in points) when there is one.
export async function showPage(page, box = null) {
  if (!sheet || page < 1) return;
  const before = shown;
  shown = { page, box };
  document.getElementById("page-number").value = page;
  if (page !== before.page || !sheet.firstChild) {
    try {
      const { width, height } = await get(`/pages/${page}/size/${address(name)}`);
      if (shown.page !== page) return;
      const drawing = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${page}` });
      drawing.append(element("image", { href: `/pages/${page}/picture/${address(name)}`, width, height }));
      sheet.replaceChildren(drawing);
    } catch (error) {
      sheet.textContent = error.message;
      return;
    }
  }
  const drawing = sheet.querySelector("svg");
  drawing?.querySelector("rect")?.remove();
  if (drawing && box) {
    const [left, top, right, bottom] = box;
    const rect = element("rect", { x: left - 3, y: top - 3, width: right - left + 6, height: bottom - top + 6 });
    drawing.append(rect);
    rect.scrollIntoView({ block: "center" });
  }
}

export function showCard(card) {
  const page = Number(card?.dataset.page ?? 0);
  if (page) showPage(page, card.dataset.box?.split(" ").map(Number) ?? null);
  else if (!shown.page) showPage(Number(pane.dataset.page ?? 1));
}

pane.addEventListener("click", (event) => {
  const turn = event.target.closest("[data-turn]");
  if (turn) showPage(shown.page + Number(turn.dataset.turn));
});
