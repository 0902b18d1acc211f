// Places in the text: which piece belongs to which record, and what a person has selected, in code points.

const text = document.getElementById("text");
const points = (string) => [...string].length;

// The pieces of a record's text.
export const piecesOf = (key) => text.querySelectorAll(`[data-r~="${CSS.escape(key)}"]`);

let marked = [];

// Mark the pieces of *key* alone, and scroll the first into view unless it is there already.
export function mark(key, start) {
  for (const piece of marked) piece.classList.remove("on");
  marked = [...piecesOf(key)];
  for (const piece of marked) piece.classList.add("on");
  const first = marked.find((piece) => Number(piece.dataset.s) >= start) ?? marked[0] ?? lineAt(start);
  if (!first || text.hidden) return;
  const box = first.getBoundingClientRect();
  const pane = text.getBoundingClientRect();
  if (box.top < pane.top + 20 || box.bottom > pane.bottom - 60) first.scrollIntoView({ block: "center" });
}

// The line in which the character *start* stands.
export function lineAt(start) {
  let found = null;
  for (const line of text.children) {
    if (Number(line.id.slice(1)) > start) break;
    found = line;
  }
  return found;
}

// What is selected in the text, as {span: [start, end] in code points, words}; null for nothing.
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = placeOf(range.startContainer, range.startOffset, true);
  const end = placeOf(range.endContainer, range.endOffset, false);
  const words = range.toString().trim();
  return start !== null && end !== null && start < end && words ? { span: [start, end], words } : null;
}

function placeOf(node, offset, forward) {
  if (node.nodeType === Node.TEXT_NODE) {
    const piece = node.parentElement.closest("[data-s]");
    if (piece) return Number(piece.dataset.s) + points(node.data.slice(0, offset));
  }
  // Between elements: the next piece, or the end of the one before.
  const pieces = [...text.querySelectorAll("[data-s]")];
  const border = document.createRange();
  border.setStart(node, offset);
  if (forward) {
    const next = pieces.find((piece) => border.comparePoint(piece, 0) >= 0);
    return next ? Number(next.dataset.s) : null;
  }
  const before = pieces.findLast((piece) => border.comparePoint(piece, piece.childNodes.length) <= 0);
  return before ? Number(before.dataset.s) + points(before.textContent) : null;
}

// Select the first word of a record, from which the arrow keys go on.
export function beginSelecting(key, start) {
  const piece = piecesOf(key)[0] ?? lineAt(start)?.firstElementChild;
  if (!piece) return;
  text.focus();
  const selection = getSelection();
  selection.collapse(piece.firstChild ?? piece, 0);
  selection.modify("extend", "forward", "word");
}

const WORDS = { ArrowRight: "forward", ArrowLeft: "backward" };
const LINES = { ArrowDown: 1, ArrowUp: -1, End: 0, Home: 0 };
const lineOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest(".line");
const lettersOf = (line) => {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
};

// The place where the line *by* lines from *line* begins or ends; lines without a word are passed over.
function border(line, by, atEnd) {
  let found = line;
  do found = by > 0 ? found.nextElementSibling : by < 0 ? found.previousElementSibling : found;
  while (by && found && !/[\p{L}\p{N}]/u.test(found.textContent));
  const letters = found ? lettersOf(found) : [];
  if (!letters.length) return null;
  return atEnd ? [letters.at(-1), letters.at(-1).length] : [letters[0], 0];
}

// Left and right by words; up, down, Home and End by the lines of the text, which are paragraphs on the screen.
text.addEventListener("keydown", (event) => {
  const selection = getSelection();
  if (!(event.key in WORDS || event.key in LINES) || event.ctrlKey || event.altKey || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  if (event.key in WORDS) byWord(selection, WORDS[event.key], event.shiftKey);
  else byLine(selection, event.key, event.shiftKey);
  if (!text.contains(selection.focusNode)) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset); // the end of the text
  selection.focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
  event.preventDefault();
  event.stopPropagation();
});

function byWord(selection, direction, extend) {
  if (extend) return selection.modify("extend", direction, "word");
  if (direction === "forward") selection.collapseToEnd();
  else {
    selection.collapseToStart();
    selection.modify("move", "backward", "word");
  }
  return selection.modify("extend", "forward", "word");
}

function byLine(selection, key, extend) {
  const line = lineOf(selection.focusNode);
  const place = line && border(line, LINES[key], extend && key !== "Home" && key !== "ArrowUp");
  if (!place) return;
  if (extend) return selection.extend(...place);
  selection.collapse(...place);
  selection.modify("extend", "forward", "word");
}
