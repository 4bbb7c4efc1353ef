// SPDX-License-Identifier: GPL-3.0-or-later
// Tables: plain ones, and long ones that are sorted, filtered and shown a page at a time.

/// columns: [{title, of: row => value or element, unit, class, tip: the title in full, tipOf: row => the value in full}];
/// numbers are set to the right.
function table(caption, columns, rows, { wide = false, rowClass = () => null } = {}) {
  if (rows.length === 0)
    return null;
  return el("div", { class: "scroll" }, el("table", { class: wide ? "wide" : null }, el("caption", {}, caption),
    el("thead", {}, el("tr", {}, columns.map((column) =>
      el("th", { scope: "col", class: isNumeric(column, rows) ? "number" : null, title: tipOver(column) }, heading(column))))),
    el("tbody", {}, rows.map((row) => el("tr", { class: rowClass(row) }, columns.map((column) => cell(column, row)))))));
}

function heading(column) {
  const text = column.title + (column.unit ? ", " + unit(column.unit) : "");
  return column.tip ? text.replace(/\u2026/g, "\u2026\u2060").split(/(?<=\.)/).flatMap((step, i) => i === 0 ? [step] : [el("wbr"), step]) : text; // a path may go on in the next line
}

function tipOver(column) {
  return column.tip && column.tip !== column.title ? column.tip : null;
}

function isNumeric(column, rows) {
  return column.class === "number" || rows.some((row) => typeof column.of(row) === "number");
}

function cell(column, row) {
  const value = column.of(row);
  const kind = typeof value === "number" ? "number" : column.class;
  return el("td", { class: kind || null, title: column.tipOf ? column.tipOf(row) : null }, value instanceof Node ? value : num(value));
}

function before(a, b) {
  const empty = (value) => value === null || value === undefined || value === "";
  if (empty(a) || empty(b))
    return empty(a) - empty(b); // empty ones last
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

/// What is done with a row stands beside its name, in sight also where a table is wider than the page.
function afterFirst(cells, ...more) {
  return [cells[0], ...more, ...cells.slice(1)];
}

/// A long table. Columns as of table(), `of` giving plain values. Returns {element, refresh, show(row)}.
///   options.keep(row)   further filter, asked again on refresh()
///   options.action      {label, name: row => text, run: row => ..., can: row => whether}: a button in every row that can
///   options.link        {title, label, name: row => text, of: row => address or null}: a link in the rows that have one
///   options.chosen(row) whether the row is marked
function longTable(caption, columns, rows, { page = 12, keep = () => true, action = null, link = null, chosen = () => false } = {}) {
  let sorted = null, descending = false, first = 0, needle = "", shown = rows;
  const heads = columns.map((column, i) => el("th", { scope: "col", class: isNumeric(column, rows.slice(0, 50)) ? "number" : null, title: tipOver(column) },
    el("button", { type: "button", onclick: () => sortBy(i) }, heading(column))));
  const body = el("tbody");
  const status = el("span", { role: "status" });
  const turn = (label, text, by) => el("button", { type: "button", "aria-label": label, onclick: () => { first += by; draw(); } }, text);
  const back = turn("earlier rows", "\u2039 earlier", -page), onward = turn("later rows", "later \u203a", page);
  const search = el("input", { type: "search", size: 18, oninput: () => { needle = search.value.toLowerCase(); first = 0; refresh(); } });

  function sortBy(i) {
    descending = sorted === i ? !descending : false;
    sorted = i;
    heads.forEach((head, k) => k === i ? head.setAttribute("aria-sort", descending ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
    first = 0;
    refresh();
  }
  function refresh() {
    shown = rows.filter((row) => keep(row) && (needle === "" || columns.some((column) => {
      const value = column.of(row);
      return value !== null && value !== undefined && String(value).toLowerCase().includes(needle);
    })));
    if (sorted !== null) {
      const of = columns[sorted].of, sign = descending ? -1 : 1;
      const filled = (row) => of(row) !== null && of(row) !== undefined && of(row) !== "";
      shown.sort((a, b) => filled(a) && filled(b) ? sign * before(of(a), of(b)) : before(of(a), of(b)));
    }
    draw();
  }
  function draw() {
    first = Math.max(0, Math.min(first, Math.floor((shown.length - 1) / page) * page));
    body.replaceChildren(...shown.slice(first, first + page).map((row) => el("tr", { class: chosen(row) ? "chosen" : null },
      afterFirst(columns.map((column) => cell(column, row)),
        action ? el("td", {}, action.can && !action.can(row) ? null : el("button", { type: "button", "aria-label": action.label + " " + action.name(row), onclick: () => action.run(row) }, action.label)) : null,
        link ? el("td", {}, link.of(row) ? el("a", { href: link.of(row), "aria-label": link.label + " " + link.name(row) }, link.label) : null) : null))));
    status.textContent = shown.length === 0 ? "no rows" : `${first + 1} to ${Math.min(first + page, shown.length)} of ${shown.length}` +
      (shown.length === rows.length ? "" : ` (${rows.length} in all)`);
    back.disabled = first === 0;
    onward.disabled = first + page >= shown.length;
  }
  function show(row) {
    const place = shown.indexOf(row);
    if (place >= 0)
      first = Math.floor(place / page) * page;
    draw();
  }
  const element = el("div", {}, el("div", { class: "bar" }, labelled("Find", search), back, onward, status),
    el("div", { class: "scroll" }, el("table", { class: "wide" }, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, afterFirst(heads, action ? el("th", { scope: "col" }, el("span", {}, action.label)) : null, link ? el("th", { scope: "col" }, link.title) : null))), body)));
  refresh();
  return { element, refresh, show, rows: () => shown };
}
