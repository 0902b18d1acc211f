(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const NARROW = 560; // pixels; below it, cells are too small for figures
  const FORMATS = { vi: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " đ"] } };
  const chosen = new Map(); // section name → [panel, mark]
  let views = [];

  const language = () => document.documentElement.lang;
  const words = (name) => data.words[name][language()];

  function element(name, text, parent) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  }

  const dated = (text) => (language() === "vi" ? text.replace(/(\d{4})-(\d\d)-(\d\d)/g, "$3/$2/$1") : text);

  function place(record) {
    if (!record[5]) return "";
    return `${words(record[5][0] === "p" ? "page" : "line")} ${record[5].slice(1)}`;
  }

  function row(body, index, number) {
    const record = data.records[index];
    const about = data.documents[record[1]];
    const made = element("tr", undefined, body);
    element("td", String(number), made);
    for (const text of [record[2], record[3], dated(record[4])]) element("td", text, made);
    const cell = element("td", [about[1], about[3], dated(about[4])].filter(Boolean).join(", ") || about[2], made);
    const id = element("span", about[0], cell);
    id.className = "id";
    element("td", [about[5], place(record)].filter(Boolean).join(", "), made);
  }

  function list(section) {
    const node = document.getElementById(section.name);
    const target = node.querySelector(".found");
    target.replaceChildren();
    const at = chosen.get(section.name);
    node.querySelector("select").value = at ? at.join(" ") : "";
    if (!at) return;
    const mark = section.panels[at[0]].marks[at[1]];
    element("h3", mark.name[language()], target);
    const whole = mark.records.length === mark.count;
    const told = words(whole ? "listed_all" : "listed");
    element("p", told.replace("{shown}", mark.records.length).replace("{count}", mark.count), target).className = "dim";
    const table = element("table", undefined, target);
    const head = element("tr", undefined, element("thead", undefined, table));
    for (const name of ["#", "text", "who", "when", "document", "place"]) element("th", name === "#" ? name : words(name), head);
    const body = element("tbody", undefined, table);
    mark.records.forEach((index, number) => row(body, index, number + 1));
  }

  function choose(section, panel, mark) {
    chosen.set(section.name, [panel, mark]);
    history.replaceState(null, "", `#${section.name}:${panel}:${mark}`);
    list(section);
  }

  // A link such as report.html#months:0:3 opens with the records of that mark.
  function chooseLinked() {
    const [name, panel, mark] = location.hash.slice(1).split(":");
    const section = data.sections.find((found) => found.name === name);
    if (section && section.panels[panel] && section.panels[panel].marks[mark]) {
      chosen.set(name, [Number(panel), Number(mark)]);
    }
  }

  function fillSelect(section, node) {
    const select = node.querySelector("select");
    select.replaceChildren();
    select.setAttribute("aria-label", words("choose"));
    element("option", words("choose"), select).value = "";
    section.panels.forEach((panel, number) =>
      panel.marks.forEach((mark, index) => {
        element("option", `${mark.name[language()]} (${mark.count})`, select).value = `${number} ${index}`;
      })
    );
    select.onchange = () => {
      if (select.value) choose(section, ...select.value.split(" ").map(Number));
      else { chosen.delete(section.name); list(section); }
    };
  }

  function fitted(spec, width) {
    const made = structuredClone(spec);
    if (width >= NARROW || !made.layer) return made;
    const cells = made.layer.some((layer) => layer.mark.type === "rect");
    if (cells) made.layer = made.layer.filter((layer) => layer.mark.type !== "text");
    return made;
  }

  async function draw(section, number, box) {
    const options = {
      actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true },
      logLevel: 1, formatLocale: FORMATS[language()],
    };
    const spec = fitted(section.panels[number].spec[language()], box.clientWidth);
    const made = await window.vegaEmbed(box, spec, options);
    made.view.addEventListener("click", (event, item) => {
      if (item && item.datum && Number.isInteger(item.datum.mark)) choose(section, number, item.datum.mark);
    });
    views.push(made);
  }

  async function show() {
    for (const view of views) view.finalize();
    views = [];
    for (const section of data.sections) {
      const node = document.getElementById(section.name);
      if (!node || !section.panels.length) continue;
      fillSelect(section, node);
      list(section);
      for (const box of node.querySelectorAll(".chart")) await draw(section, Number(box.dataset.panel), box);
    }
    document.documentElement.dataset.drawn = language();
  }

  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      document.documentElement.lang = button.dataset.language;
      for (const other of document.querySelectorAll("[data-language]")) other.setAttribute("aria-pressed", String(other === button));
      delete document.documentElement.dataset.drawn;
      show();
    });
  }
  chooseLinked();
  show();
})();
