// SPDX-License-Identifier: GPL-3.0-or-later
// The designs of a sweep: rows as objects, the columns that can be drawn, and the command that solves one again.

const analysis = data.analysis;
const frontPoints = new Set((analysis.front || []).map((design) => design.point));

/// What the choices of a parameter are called, by their text in the rows: of several keys, or of a block, what differs
/// from the other choices.
function choiceNames(choices) {
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const maps = Object.values(choices).filter(isMap), names = new Map(), used = new Set();
  const part = (key, value) => typeof value === "string" ? value : isMap(value) && Object.keys(value).join() === "use" ? String(value.use) : `${key.split(".").pop()}=${JSON.stringify(value)}`;
  for (const [text, value] of Object.entries(choices)) {
    let name = text;
    if (isMap(value) && text.startsWith("{")) { // others have a name of their own
      const differing = Object.entries(value).filter(([key, item]) => maps.some((other) => JSON.stringify(other[key]) !== JSON.stringify(item)));
      const parts = (differing.length ? differing : Object.entries(value)).map(([key, item]) => part(key, item)).join(", ");
      name = parts.length > 60 ? parts.slice(0, 59) + "\u2026" : parts;
    }
    for (let k = 2, first = name; used.has(name); ++k)
      name = `${first} (${k})`;
    used.add(name);
    names.set(text, name);
  }
  return names;
}

/// {name, key, kind: "parameter" or "figure", choices: their texts in the rows, or null, names: text -> what it is called}
const columns = [
  ...data.parameters.map((parameter, i) => {
    const names = choiceNames(parameter.choices);
    return { name: parameter.name, key: 3 + i, kind: "parameter", choices: names.size ? [...names.keys()] : null, names };
  }),
  ...data.figures.map((name, i) => ({ name, key: 3 + data.parameters.length + i, kind: "figure", choices: null })),
];
const parameterColumns = columns.filter((column) => column.kind === "parameter");
const figureColumns = columns.filter((column) => column.kind === "figure");
const columnOf = (name) => columns.find((column) => column.name === name);
const goals = new Map((analysis.objectives || []).map((objective) => [objective.figure, objective.goal]));

const statusNames = { front: "on the front", good: "good", broken: "feasible, breaks a constraint", infeasible: "infeasible", error: "failed" };
const statusColours = {
  front: "#d55e00", infeasible: "#c9b28f", error: "#cc79a7",
  get good() {
    return shade.blue;
  },
  get broken() {
    return shade.grey;
  },
};

/// Names short enough for an axis, and different: the last steps of a path behind "…", as many as fit into `most` letters,
/// and at least as many as no other name ends with.
function shortNames(names, most) {
  return new Map(names.map((name) => {
    if (name.length <= most)
      return [name, name];
    const steps = [...name.matchAll(/[^.[\]]+(\[[^\]]*\])*/g)]; // places in a list stay with its key
    const ends = steps.slice(1).map((step) => name.slice(step.index)).filter((end) => !names.some((other) => other !== name && (other === end || other.endsWith("." + end))));
    if (ends.length === 0)
      return [name, name];
    const fitting = ends.find((end) => end.length < most), last = steps[steps.length - 1][0];
    if (fitting)
      return [name, "\u2026" + fitting];
    const shortest = ends[ends.length - 1], first = /^[^.[\]]+(\[[^\]]*\])*/.exec(shortest)[0]; // the step that tells it from others
    return [name, "\u2026" + (first.length + last.length < shortest.length - 1 ? `${first}\u2026${last}` : shortest)];
  }));
}

const shortened = new Map(); // by length
function shortName(name, most = 34) {
  if (!shortened.has(most))
    shortened.set(most, shortNames(columns.map((column) => column.name), most));
  return shortened.get(most).get(name) || name;
}

/// What stands in a row: of a choice its name.
function shown(row, column) {
  const value = row[column.key];
  return column.choices && column.names.has(value) ? column.names.get(value) : value;
}

/// A choice in full, where its name leaves something out.
function inFull(row, column) {
  return column.choices && shown(row, column) !== row[column.key] ? row[column.key] : null;
}

/// A column of a table. `of`: the row of the page that a row of the table stands for.
function tableColumn(column, of = (row) => row) {
  return { title: shortName(column.name, 36), tip: column.name, of: (row) => shown(of(row), column), tipOf: (row) => inFull(of(row), column), class: column.choices ? "name" : null };
}

/// Whether designs differ in it: what does not vary makes no picture.
function varies(column) {
  if (column.choices)
    return new Set(data.rows.map((row) => row[column.key])).size > 1;
  const [low, high] = extent(data.rows.map((row) => row[column.key]));
  return high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high));
}
const varying = new Set(columns.filter(varies));
const withVariation = (column) => [column.name, varying.has(column) ? column.name : column.name + " (does not vary)"];

function statusOf(row) {
  if (frontPoints.has(row[0]))
    return "front";
  return row[1] === "ok" ? (row[2] ? "good" : "broken") : row[1];
}

/// A number for drawing: choices by their place.
function drawn(row, column) {
  const value = row[column.key];
  return column.choices ? column.choices.indexOf(value) : value;
}

function quoted(text) {
  return /^[A-Za-z0-9_.,:=+\/-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\\''") + "'";
}

/// path=value of everything a point sets. JSON is YAML, so values stand as JSON.
function settingsOf(row) {
  const settings = [];
  data.parameters.forEach((parameter, i) => {
    const shown = row[3 + i], value = shown in parameter.choices ? parameter.choices[shown] : shown;
    if (value === null || value === undefined)
      return;
    const text = (item) => typeof item === "string" ? item : JSON.stringify(item);
    if (parameter.bundled)
      for (const [path, item] of Object.entries(value))
        settings.push(path + "=" + text(item));
    else
      settings.push(parameter.name + "=" + text(value));
    for (const key of parameter.linked)
      settings.push(key.path + "=" + text(key.factor === undefined ? value : Number((key.factor * value + key.offset).toPrecision(15))));
  });
  return settings;
}

// Reports of single designs, beside this page.
const withPage = new Set(data.pages);
function pageOf(point) {
  return withPage.has(point) ? `designs/${point}.html` : null;
}
const pageLink = { title: "report", label: "report", name: (row) => `of point ${row.point === undefined ? row[0] : row.point}`, of: (row) => pageOf(row.point === undefined ? row[0] : row.point) };

/// The command that makes them; DIR stands for the folder of this page, which the page does not know.
function pagesCommand(words) {
  return `beachfront sweep report ${quoted(data.file)} -o DIR${data.fidelity ? " --fidelity " + data.fidelity : ""} --designs ${words}`;
}

function commandOf(row) {
  return ["beachfront solve " + quoted(data.base), ...settingsOf(row).map((setting) => "--set " + quoted(setting)),
    ...(data.fidelity ? ["--fidelity " + data.fidelity] : []), `-o ${quoted(data.name + "-point-" + row[0])}`].join(" \\\n  ");
}
