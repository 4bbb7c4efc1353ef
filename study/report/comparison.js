// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a comparison: every design against the first.

const designs = data.comparison.designs;
const figures = data.comparison.figures.map((figure, i) => ({ ...figure, group: data.groups[i] }));

function changeText(figure, i) {
  if (i === 0 || figure.values[i] === null)
    return "";
  const ratio = figure.ratio_to_first, change = (ratio || figure.difference_from_first)[i];
  return change === null ? "" : ratio ? `\u00d7${num(change, 3)}${figure.sign_flips[i] ? ", sign flips" : ""}` : `${change > 0 ? "+" : ""}${num(change, 3)}`;
}

/// Ratios on a logarithmic axis, a mark for each design after the first.
function ratioFigure() {
  const rows = figures.filter((figure) => figure.ratio_to_first && figure.ratio_to_first.some((ratio, i) => i > 0 && ratio > 0 && Math.abs(ratio - 1) > 1e-3));
  if (rows.length === 0)
    return null;
  const ratios = rows.flatMap((row) => row.ratio_to_first.slice(1)).filter((ratio) => ratio > 0);
  const [low, high] = extent(ratios), least = Math.max(0.01, Math.min(low / 1.2, 0.5)), most = Math.min(100, Math.max(1.2 * high, 2));
  const clamp = (ratio) => Math.min(most, Math.max(least, ratio));
  const symbols = ["circle", "diamond", "triangle", "rect", "pin"];
  const beside = (width) => namesBeside(rows.map((row) => row.label), width);
  const option = (width) => ({
    ...base, legend: { top: 0, left: 0, textStyle: { color: shade.ink } }, grid: { left: beside(width).room, right: 40, top: 40, bottom: 48 },
    tooltip: { formatter: (item) => {
      const row = rows[item.value[1]], i = item.seriesIndex + 1;
      return tip(row.label, `${designs[0].name}: ${num(row.values[0])} ${unit(row.unit)}`, `${designs[i].name}: ${num(row.values[i])} ${unit(row.unit)}`, changeText(row, i));
    } },
    xAxis: axis(`ratio to ${designs[0].name}`, { type: "log", min: least, max: most, axisLabel: { color: shade.ink, formatter: (value) => num(value, 2) } }),
    yAxis: categories(rows.map((row) => row.label), { splitLine: { show: true, lineStyle: { color: shade.line } }, axisLabel: beside(width).label }),
    series: designs.slice(1).map((design, k) => ({
      type: "scatter", name: design.name, color: okabeIto[k], symbol: symbols[k % symbols.length], symbolSize: 11,
      data: rows.map((row, i) => [row.ratio_to_first[k + 1], i]).filter(([ratio]) => ratio > 0).map(([ratio, i]) => [clamp(ratio), i]),
      markLine: k === 0 ? { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: shade.strong, type: "dashed" }, data: [{ xAxis: 1 }] } : undefined,
    })),
  });
  return chart("Ratios", `Figures of each design against those of ${designs[0].name}, by magnitude; left of 1 is smaller. Ratios beyond a factor of 100 stand at the edge; figures that do not change and differences are in the tables alone.`, option, { height: 100 + 22 * rows.length });
}

function figureTables() {
  const groups = [...new Set(figures.map((figure) => figure.group))];
  return groups.map((group) => table(group || "Figures", [
    { title: "figure", of: (row) => row.label, class: "name" }, { title: "unit", of: (row) => unit(row.unit) },
    ...designs.flatMap((design, i) => [
      { title: design.name, of: (row) => row.values[i] === null ? el("span", { class: "soft", title: row.absent[design.name] || "" }, "absent") : row.values[i], class: "number" },
      ...(i === 0 ? [] : [{ title: "against the first", of: (row) => changeText(row, i), class: "number" }])]),
  ], figures.filter((figure) => figure.group === group && figure.values.some((value) => value !== null))));
}

function comparisonPage() {
  document.body.append(el("header", { class: "top" }, el("h1", {}, data.title),
    el("div", { class: "tiles" }, designs.map((design) => el("div", { class: "tile" }, el("div", { class: "value" }, design.name),
      el("p", {}, el("span", { class: design.feasible ? "verdict" : "verdict bad" }, design.failure ? "FAILED" : design.feasible ? "FEASIBLE" : "INFEASIBLE")),
      el("div", { class: "note" }, design.failure || design.violation || (design.mechanics_model ? `mechanics of the ${design.mechanics_model}` : "")))))),
  el("nav", { "aria-label": "Sections" }, navigation), main);
  section("ratios", "At a glance", ratioFigure());
  const powered = data.designs.filter((design) => design.power).map((design) => ({ ...design.power, name: design.name }));
  section("power", "Power and cost", powered.length ? el("div", { class: "columns" }, powerFigure(powered), costFigure(powered)) : null);
  section("figures", "Figures", figureTables());
  section("differences", "What differs in the designs", designs.slice(1).map((design) => design.differs_from_first.length
    ? longTable(`${design.name} against ${designs[0].name}`, [{ title: "key", of: (row) => row.path, class: "path" }, { title: designs[0].name, of: (row) => row.first }, { title: design.name, of: (row) => row.this }], design.differs_from_first, { page: 20 }).element
    : el("p", {}, `${design.name} is the same design.`)));
  section("warnings", "Violations and warnings", data.designs.map((design) => [el("h3", {}, design.name), el("ul", { class: "notes" },
    [...(design.violations || []).slice(0, 20).map((violation) => el("li", { class: "bad-text" }, `${violation.rule}: ${violation.message}`)), ...(design.warnings || []).map((warning) => el("li", {}, warning))])]));
  section("provenance", "Provenance", table("How this came out", [{ title: "design", of: (row) => row.name }, { title: "beachfront", of: (row) => row.provenance.tool_version }, { title: "git commit", of: (row) => row.provenance.git_commit, class: "path" },
    { title: "hash of the resolved design", of: (row) => row.provenance.resolved_design_hash, class: "path" }], data.designs.filter((design) => design.provenance)));
  document.body.append(el("footer", {}, "Made by beachfront; the same designs give the same bytes. Charts by Apache ECharts 6.1.0 (Apache License 2.0)."));
}

comparisonPage();
