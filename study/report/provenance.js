// SPDX-License-Identifier: GPL-3.0-or-later
// How the answers of a sweep came out: what was swept, what was asked of it, by which program.

const provenance = data.provenance;

/// A value as the sweep file has it, in full; a library entry by its name.
function asWritten(value) {
  if (value === null || typeof value !== "object")
    return value === null || value === undefined ? "" : String(value).replace(/^-/, "\u2212");
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === "use" ? String(value.use) : JSON.stringify(value);
}

function truncation(curve) {
  return curve.low === undefined ? curve.high === undefined ? "" : `, nothing above ${asWritten(curve.high)}`
    : curve.high === undefined ? `, nothing below ${asWritten(curve.low)}` : `, nothing outside ${asWritten(curve.low)} \u2026 ${asWritten(curve.high)}`;
}

/// [kind, parameters] of a distribution.
const curves = {
  uniform: (curve) => ["uniform", `${asWritten(curve.low)} \u2026 ${asWritten(curve.high)}`],
  triangular: (curve) => ["triangular", `least ${asWritten(curve.low)}, most likely ${asWritten(curve.mode)}, greatest ${asWritten(curve.high)}`],
  normal: (curve) => [truncation(curve) ? "normal, truncated" : "normal", `mean ${asWritten(curve.mean)}, standard deviation ${asWritten(curve.sd)}${truncation(curve)}`],
  log_normal: (curve) => [truncation(curve) ? "log-normal, truncated" : "log-normal", `median ${asWritten(curve.median)}, standard deviation ${curve.factor === undefined ? `${asWritten(curve.sigma_ln)} of the logarithm` : `a factor of ${asWritten(curve.factor)}`}${truncation(curve)}`],
};

/// [kind, values] of what a parameter takes.
function taken(parameter) {
  const range = parameter.range;
  if (parameter.distribution)
    return curves[parameter.distribution.kind](parameter.distribution);
  if (range)
    return range.count === undefined ? ["uniform", `${asWritten(range.from)} \u2026 ${asWritten(range.to)}`] : [`${range.count} values in equal steps`, `${asWritten(range.from)} \u2026 ${asWritten(range.to)}`];
  if (parameter.bundles)
    return [`${parameter.bundles.length} sets of keys`, el("ol", { class: "sets" }, parameter.bundles.map((bundle) => el("li", {}, Object.entries(bundle).map(([path, value]) => `${path} = ${asWritten(value)}`).join(", "))))];
  return [parameter.values.length === 1 ? "1 value" : `${parameter.values.length} values`, parameter.values.map(asWritten).join(", ")];
}

/// What changes with a parameter: "key = 0.5 x parameter + 3".
function following(parameter) {
  const own = parameter.path || (parameter.paths || [])[0];
  const of = ({ path, factor, offset }) => `${path} = ${factor === 1 ? "" : `${asWritten(factor)} \u00d7 `}${own}${offset === 0 ? "" : ` ${offset < 0 ? "\u2212" : "+"} ${asWritten(Math.abs(offset))}`}`;
  return [...(parameter.paths || []).slice(1).map((path) => of({ path, factor: 1, offset: 0 })), ...(parameter.also || []).map(of)];
}

function sweptTable() {
  const rows = (provenance.definition.parameters || []).map((parameter, i) => ({ parameter, kind: taken(parameter), inBase: provenance.in_base[i] }));
  const follows = rows.some((row) => following(row.parameter).length > 0);
  return table("What was swept", [
    { title: "parameter", of: (row) => row.parameter.name || row.parameter.path || row.parameter.paths[0], class: "path" },
    { title: "in the base design", of: (row) => asWritten(row.inBase) }, { title: "kind", of: (row) => row.kind[0] }, { title: "values", of: (row) => row.kind[1] },
    ...(follows ? [{ title: "keys that follow", of: (row) => el("div", {}, following(row.parameter).map((text) => el("div", {}, text))), class: "path" }] : []),
  ], rows);
}

function askedTable() {
  const limits = (row) => [row.min === undefined || row.min === null ? "" : `at least ${asWritten(row.min)}`, row.max === undefined || row.max === null ? "" : `at most ${asWritten(row.max)}`].filter((text) => text).join(", ");
  return table("What was asked of it", [{ title: "figure", of: (row) => row[0], class: "path" }, { title: "as", of: (row) => row[1] }, { title: "asked", of: (row) => row[2] }], [
    ...(analysis.constraints || []).map((row) => [row.figure, "constraint", limits(row)]),
    ...provenance.objectives.map((row) => [row.figure, "objective", row.goal.replace(/_/g, " ") + (row.reference === undefined ? "" : `, worst that counts ${asWritten(row.reference)}`)]),
    ...(provenance.outputs.length ? provenance.outputs.map((figure) => [figure, "output", ""]) : [["the headline figures", "output", "the sweep file names none"]])]);
}

function provenanceSection() {
  const definition = provenance.definition, designs = analysis.designs || {}, screening = definition.screening || {};
  const counts = [["designs", "samples"], ["trajectories", "trajectories"], ["levels", "levels"], ["base_samples", "base samples"]].filter(([key]) => definition[key] !== undefined).map(([key, name]) => `${definition[key]} ${name}`);
  const levels = Object.entries(provenance.levels).map(([name, level]) => `${name} ${level}`).join(", ");
  const row = (name, value) => value === undefined || value === "" ? null : [name, value];
  return [sweptTable(), askedTable(),
    table("How this came out", [{ title: "", of: (row) => row[0] }, { title: "", of: (row) => row[1], class: "path" }], [
      row("mode", (definition.mode || "").replace(/_/g, " ")), row("sampled as", counts.join(", ")), row("seed", definition.seed === undefined ? "" : String(definition.seed)),
      row("designs planned", String(provenance.planned)), row("designs tried", designs.done === undefined ? "" : `${designs.done}: ${designs.ok} feasible, ${designs.infeasible} infeasible, ${designs.failed} failed`),
      row("designs of a search, beside these", designs.searched ? String(designs.searched) : ""),
      row("screening", screening.rungs === undefined ? "" : screening.rungs === "none" ? "none" : `${screening.rungs}, ${percent(screening.audit_share)} of the rejected solved all the same`),
      row("fidelity", `${provenance.fidelity ? `${provenance.fidelity}, by --fidelity` : "the base design's own"}${levels ? `: ${levels}` : ""}`),
      row("solved by", `beachfront ${provenance.solved_by}`), row("this page by", `beachfront ${provenance.page_by}`),
      row("sweep file", provenance.sweep_file), row("hash of the sweep as resolved", provenance.sweep_hash), row("base design", provenance.base_file), row("hash of the base design as resolved", provenance.base_hash),
    ].filter((row) => row !== null)),
    provenance.solved_by === provenance.page_by ? null : el("p", { id: "versions", class: "bad-text" }, "The designs were solved by another build of the program than the one that made this page: answers are drawn from the stored figures, but a design that is solved again may differ."),
    el("p", { class: "small" }, "In brackets behind a version: the git commit that it was built from, -dirty where files differed from it. A hash stands for every value of a file, whatever its comments and the order of its keys."),
    el("details", {}, el("summary", {}, "The sweep as resolved"), el("code", { class: "code", id: "sweep-text" }, provenance.sweep)),
    el("details", {}, el("summary", {}, "The base design as resolved, with the sources of its values"), el("code", { class: "code", id: "base-text" }, provenance.base))];
}
