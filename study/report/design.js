// SPDX-License-Identifier: GPL-3.0-or-later
// The report of one solved design.

const results = data.results;
const link = results.link, power = results.power;

// What a reviewer looks at first: path, name, note.
const firstFigures = [
  ["escape.die_shoreline_Tbps_per_mm", "Escape at the die's edge"], ["escape.package_edge_Tbps_per_mm", "Escape at the package's edge"],
  ["link.worst_margin_dB", "Link margin, worst lane"], ["power.alternatives[0].pJ_per_bit", "Energy, whole link"],
  ["power.saving_vs_pluggable", "Power saved against pluggables"], ["temperature.asic_max_C", "Switch die, hottest"],
  ["mechanics.warpage_um.operating", "Warpage in operation"], ["power.alternatives[0].tco_eur", "Optics, cost of ownership"],
];

function spanOf(path) {
  return ((results.uncertainty || {}).figures || []).find((figure) => figure.path === path);
}

function noteOf(path) {
  if (path.startsWith("escape."))
    return (at(results, "escape.basis") || {})[path.replace(/^escape\./, "").replace(/_Tbps.*$/, "")];
  if (path === "temperature.asic_max_C")
    return `limit ${num(data.limits.die_max_C)} \u00b0C`;
  if (path === "link.worst_margin_dB" && link)
    return `lane ${link.worst_lane}, ${link.standard}`;
  if (path === "power.saving_vs_pluggable")
    return `against ${power.saving_vs_pluggable_basis.against}, host and cooling included`;
  if (path === "mechanics.warpage_um.operating")
    return `corner to centre, ${at(results, "mechanics.model") || ""} model`;
  return null;
}

function tiles() {
  return el("div", { class: "tiles" }, firstFigures.map(([path, name]) => {
    const headline = data.headlines.find((found) => found.path === path);
    if (!headline || headline.value === null)
      return null;
    const span = spanOf(path), share = path === "power.saving_vs_pluggable";
    const show = (value) => share ? percent(value) : num(value);
    return el("div", { class: "tile" }, el("div", { class: "label" }, name),
      el("div", { class: "value" }, show(headline.value), " ", el("span", { class: "unit" }, unit(headline.unit))),
      span && span.p95 !== span.p5 ? el("div", { class: "note" }, `90 % interval ${show(span.p5)} \u2026 ${show(span.p95)}`) : null,
      noteOf(path) ? el("div", { class: "note" }, noteOf(path)) : null);
  }));
}

/// A share of +-60 % either side of the value; figures whose zero is arbitrary have none.
function intervalBar(headline, span) {
  if (!span || ["C", "dB", "dBm"].includes(headline.unit) || headline.value === 0 || span.p5 === span.p95)
    return el("span", {});
  const most = 0.6, x = (value) => 75 + 75 * Math.max(-1, Math.min(1, (value / headline.value - 1) / most));
  const from = Math.min(x(span.p5), x(span.p95)), to = Math.max(x(span.p5), x(span.p95));
  const bar = svgEl("svg", { class: "interval", viewBox: "0 0 150 14", role: "img", "aria-label": `${percent(span.p5 / headline.value - 1)} to ${percent(span.p95 / headline.value - 1)}` },
    svgEl("path", { d: "M0 7H150M75 1V13" }), svgEl("rect", { x: from, y: 4, width: Math.max(1, to - from), height: 6 }),
    svgEl("circle", { cx: 75, cy: 7, r: 3.2, "stroke-width": 1.4 }));
  return bar;
}

/// Figures that no uncertain input moves have no interval.
function uncertainEnd(headline, end) {
  const span = spanOf(headline.path);
  return span && span.p5 !== span.p95 ? span[end] : null;
}

function figuresTable() {
  const uncertain = results.uncertainty;
  const rows = data.headlines;
  return [
    uncertain ? el("p", {}, `Intervals hold 90 % of ${uncertain.samples} samples of ${uncertain.inputs} uncertain inputs; causes are shares of a figure's variance. The bar shows the interval as a share of the value, from \u221260 % to +60 %.`)
      : el("p", {}, "Without intervals: " + (at(results, "absent.uncertainty") || (results.absent || {}).uncertainty || "the uncertain inputs were not sampled") + "."),
    table("Headline figures", [
      { title: "figure", of: (row) => row.label, class: "name" }, { title: "value", of: (row) => row.value === null ? el("span", { class: "soft", title: row.absent }, "absent") : row.value, class: "number" }, { title: "unit", of: (row) => unit(row.unit) },
      ...(uncertain ? [
        { title: "5 %", of: (row) => uncertainEnd(row, "p5"), class: "number" }, { title: "95 %", of: (row) => uncertainEnd(row, "p95"), class: "number" },
        { title: "interval", of: (row) => intervalBar(row, spanOf(row.path)) },
        { title: "main causes", of: (row) => ((spanOf(row.path) || {}).causes || []).map((cause) => `${cause.input} ${percent(cause.share)}`).join("; "), class: "path" }] : []),
    ], rows, { wide: true }),
    uncertain && (uncertain.breaking || []).length ? table("Ends of inputs' ranges at which the design breaks a rule", [
      { title: "input", of: (row) => row.input, class: "path" }, { title: "at", of: (row) => row.at }, { title: "rule", of: (row) => row.rule }], uncertain.breaking) : null,
  ];
}

const routes = rowsOfCsv(data.layout.routes_csv);
const drawing = layoutView(data.layout.svg, routes, results.violations);

function violationsTable() {
  if (results.violations.length === 0)
    return el("p", { class: "good-text" }, "No rule is violated.");
  const rows = results.violations.map((violation, i) => ({ ...violation, i }));
  return longTable("Violations", [{ title: "rule", of: (row) => row.rule }, { title: "where", of: (row) => row.where }, { title: "found", of: (row) => row.found },
    { title: "required", of: (row) => row.required }, { title: "unit", of: (row) => unit(row.unit) }, { title: "what it means", of: (row) => row.message }], rows,
  { page: 10, action: { label: "show", name: (row) => `${row.rule} ${row.where}`, run: (row) => drawing && drawing.show(row.i), can: hasPlace } }).element;
}

function escapeSection() {
  const escape = results.escape;
  if (!escape)
    return null;
  const stages = escape.stages.map((stage) => ({ ...stage, share: stage.used / stage.available }));
  const option = (width) => ({
    ...base, grid: { left: Math.min(190, width * 0.32), right: 50, top: 10, bottom: 46 },
    tooltip: { formatter: (item) => tip(stages[item.dataIndex].name, `${num(stages[item.dataIndex].used)} of ${num(stages[item.dataIndex].available)} ${stages[item.dataIndex].unit}`) },
    xAxis: axis("used of what there is, %", { min: 0 }), yAxis: categories(stages.map((stage) => stage.name)),
    series: [{ type: "bar", barMaxWidth: 18, data: stages.map((stage) => ({ value: 100 * stage.share, itemStyle: { color: stage.share > 1 ? "#d55e00" : stage.name === escape.limited_by ? "#e69f00" : shade.blue } })),
      label: { show: true, position: "right", color: shade.ink, formatter: (item) => num(item.value, 3) + " %" } }],
  });
  return [chart("What limits the escape", `From the die's edge to the package's edge; the nearest to its limit is the ${escape.limited_by}.`, option, { height: 80 + 30 * stages.length }),
    table("Stages of the escape", [{ title: "stage", of: (stage) => stage.name }, { title: "used", of: (stage) => stage.used }, { title: "available", of: (stage) => stage.available },
      { title: "unit", of: (stage) => stage.unit }, { title: "basis", of: (stage) => stage.basis }], stages)];
}

/// Every number below a block, lists left out.
function numbersBelow(block, prefix = "") {
  return Object.entries(block || {}).flatMap(([key, value]) => typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? [[prefix + key, value]]
    : value && typeof value === "object" && !Array.isArray(value) ? numbersBelow(value, prefix + key + ".") : []);
}
function blockTable(caption, block) {
  return table(caption, [{ title: "figure", of: (row) => row[0], class: "path" }, { title: "value", of: (row) => typeof row[1] === "boolean" ? String(row[1]) : row[1] }], numbersBelow(block));
}

function loopSection() {
  const loop = results.loop;
  if (!loop)
    return null;
  const residuals = loop.residuals || [];
  const option = () => ({
    ...base, grid: { left: 76, right: 24, top: 14, bottom: 48 }, tooltip: { formatter: (item) => tip(`turn ${item.value[0]}`, `residual ${num(item.value[1], 3)}`) },
    xAxis: axis("turn of the loop", { minInterval: 1, min: 1, max: Math.max(2, residuals.length) }),
    yAxis: axis("residual, relative", { type: "log", nameGap: 54, axisLabel: { color: shade.ink, formatter: (value) => value.toExponential(0).replace("e+", "e") } }),
    series: [{ type: "line", symbolSize: 8, data: residuals.map((residual, i) => [i + 1, residual]) }],
  });
  const moved = Object.entries(loop.moved_by || {}).map(([key, by]) => ({ key, by, open: (loop.open_chain || {})[key] }));
  return [el("p", {}, loop.converged ? `Light, power, heat, temperature and movement agree after ${loop.iterations} turns, to ${num(loop.residual, 2)}.` : `The loop does not converge after ${loop.iterations} turns (residual ${num(loop.residual, 2)}).`),
    el("div", { class: "columns" }, residuals.length > 1 ? chart("Convergence", "Largest relative change of a turn.", option, { height: 260 }) : null,
      table("What closing the loop changes against the open chain", [{ title: "figure", of: (row) => row.key, class: "path" }, { title: "open chain", of: (row) => row.open }, { title: "moved by", of: (row) => row.by }], moved))];
}

function inputsSection() {
  const sources = new Map();
  for (const [path, value, origin] of data.inputs)
    if (path.endsWith(".source"))
      sources.set(`${origin} ${value}`, { entry: origin.replace(/^library, /, ""), source: value });
  const inputs = data.inputs.filter(([path]) => !path.endsWith(".source"));
  const setter = data.sweep ? "sweep" : "command line";
  const counted = (test) => inputs.filter(([, , origin]) => test(origin)).length;
  let from = "all";
  const list = longTable("Every value of the resolved design", [{ title: "key", of: (row) => row[0], class: "path" }, { title: "value", of: (row) => row[1] }, { title: "from", of: (row) => row[2] }], inputs,
    { page: 20, keep: (row) => from === "all" || row[2].startsWith(from) });
  return [el("p", {}, `${inputs.length} values went in: ${counted((origin) => origin.startsWith("design file"))} from the design file, ${counted((origin) => origin === setter)} from the ${setter}, ${counted((origin) => origin.startsWith("library"))} from the library and ${counted((origin) => origin === "default")} defaults, which are assumptions.`),
    el("details", { open: true }, el("summary", {}, "Sources of the library's entries"), table("Sources", [{ title: "entry", of: (row) => row.entry, class: "path" }, { title: "source", of: (row) => row.source }],
      [...sources.values()].sort((a, b) => before(a.entry, b.entry)))),
    el("details", {}, el("summary", {}, "Every value and where it comes from"),
      el("div", { class: "bar" }, choice("From", [["all", "anywhere"], ["design file", "the design file"], ["library", "the library"], ["default", "defaults"], [setter, "the " + setter]], "all", (value) => { from = value; list.refresh(); })), list.element)];
}

function absentSection() {
  const rows = Object.entries(results.absent || {});
  return rows.length === 0 ? null : el("details", {}, el("summary", {}, `${rows.length} figures without a value, and why`),
    table("Figures without a value", [{ title: "figure", of: (row) => row[0], class: "path" }, { title: "reason", of: (row) => row[1] }], rows));
}

/// Of a design of a sweep: where it stands there, and the way back.
function sweepNote() {
  const place = data.sweep;
  if (!place)
    return null;
  const text = (value) => value !== null && typeof value === "object" ? value.use || JSON.stringify(value) : num(value, 12);
  return [el("p", { id: "place" }, `Point ${place.point} of the sweep `, el("a", { href: "../report.html" }, place.name), ": ", Object.entries(place.parameters).map(([name, value]) => `${name} = ${text(value)}`).join(", "), "."),
    place.differs ? el("p", { class: "bad-text", id: "differs" }, place.differs + ".") : null];
}

function designPage() {
  const count = results.violations.length, warnings = results.warnings.length;
  document.body.append(el("header", { class: "top" }, el("h1", {}, results.design), data.description ? el("p", {}, data.description) : null, sweepNote(),
    el("p", {}, el("span", { class: results.feasible ? "verdict" : "verdict bad" }, results.feasible ? "FEASIBLE" : "INFEASIBLE"),
      ` ${count === 0 ? "no violation" : count === 1 ? "1 violation" : count + " violations"}, ${warnings === 1 ? "1 warning" : warnings + " warnings"}`,
      results.escape ? `; escape is limited by ${results.escape.limited_by}` : ""),
    tiles()), el("nav", { "aria-label": "Sections" }, navigation), main);

  section("judgement", "Violations and warnings", violationsTable(), warnings ? [el("h3", {}, "Warnings"), el("ul", { class: "notes" }, results.warnings.map((warning) => el("li", {}, warning)))] : null);
  section("figures", "Figures", figuresTable());
  section("layout", "Layout", drawing ? drawing.element : null);
  section("escape", "Escape", escapeSection());
  section("heat", "Temperature and warpage", data.bodies ? [el("div", { class: "columns" }, temperatureFigure(data.temperature, data.bodies), deflectionFigure(data.deflection, data.bodies)),
    el("div", { class: "tables" }, bodyTable(data.bodies), engineTable(at(results, "mechanics.engines"))),
    el("details", {}, el("summary", {}, "All figures of the mechanics"), blockTable("Mechanics", results.mechanics))] : null);
  section("light", "Light", link && data.link ? [ledgerFigure(link, data.link.worst), ledgerTable(link),
    el("div", { class: "columns" }, el("div", {}, marginFigure(data.link.lanes), table("Terms to attack first: above the best published value by", [{ title: "term", of: (row) => row.name }, { title: "excess", unit: "dB", of: (row) => row.loss_dB }, { title: "best published", of: (row) => row.source }], link.attack || [])),
      checksTable(link.checks || [])),
    el("details", {}, el("summary", {}, "All figures of the waveguide"), blockTable("Waveguide", results.waveguide))] : null);
  section("power", "Power and cost", power ? [el("div", { class: "columns" }, powerFigure(power.alternatives), costFigure(power.alternatives)), alternativesTable(power), partsTable(power.alternatives), fleetTable(results.fleet)] : null);
  section("loop", "The loop", loopSection());
  section("inputs", "Assumptions and sources", inputsSection(), absentSection());
  section("provenance", "Provenance", table("How this came out", [{ title: "", of: (row) => row[0] }, { title: "", of: (row) => row[1], class: "path" }], [
    ["beachfront", results.provenance.tool_version], ["git commit", results.provenance.git_commit], ["hash of the design file", results.provenance.input_hash], ["hash of the resolved design", results.provenance.resolved_design_hash]]));
  document.body.append(el("footer", {}, "Made by beachfront; the same design gives the same bytes. Charts by Apache ECharts 6.1.0 (Apache License 2.0)."));
}

designPage();
