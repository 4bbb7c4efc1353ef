// SPDX-License-Identifier: GPL-3.0-or-later
// The designs of a sweep: rows as objects, the columns that can be drawn, and the command that solves one again.

const analysis = data.analysis;
const frontPoints = new Set((analysis.front || []).map((design) => design.point));

/// {name, key, kind: "parameter" or "figure", choices: names or null}
const columns = [
  ...data.parameters.map((parameter, i) => ({ name: parameter.name, key: 3 + i, kind: "parameter", choices: Object.keys(parameter.choices).length ? Object.keys(parameter.choices) : null })),
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

/// A name short enough for an axis: the last two steps of its path, without places in lists.
function shortName(name, most = 34) {
  const steps = name.match(/[^.[\]]+|\[[^\]]*\]/g) || [name];
  const text = steps.filter((step) => !/^\[\d+\]$/.test(step)).slice(-2).join(" ").replace(/\[|\]/g, "");
  return name.length <= most ? name : text;
}

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
