// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a sweep.

const rows = data.rows;
const rowOfPoint = new Map(rows.map((row) => [row[0], row]));
let chosenRow = null, brushed = null; // brushed: points that the parallel axes let through, null for all
const refreshers = [];

function refreshAll() {
  for (const refresh of refreshers)
    refresh();
}

function choosePoint(row) {
  chosenRow = row;
  const fields = [...parameterColumns, ...figureColumns].filter((column) => row[column.key] !== null);
  point.replaceChildren(el("h3", {}, `Point ${row[0]}: ${statusNames[statusOf(row)]}`),
    el("div", { class: "tables" },
      table("Parameters", [{ title: "parameter", of: (column) => column.name, class: "path" }, { title: "value", of: (column) => shown(row, column), tipOf: (column) => inFull(row, column) }], fields.filter((column) => column.kind === "parameter")),
      table("Figures", [{ title: "figure", of: (column) => column.name, class: "path" }, { title: "value", of: (column) => row[column.key] }], fields.filter((column) => column.kind === "figure"))),
    pageOf(row[0]) ? el("p", {}, el("a", { href: pageOf(row[0]), id: "page" }, `The report of point ${row[0]}`))
      : row[1] === "error" ? null : el("p", { class: "small" }, "A report of its own, linked from here (DIR: the folder of this page): ", copyButton(() => pagesCommand(row[0])), el("code", { class: "code", id: "page-command" }, pagesCommand(row[0]))),
    el("p", { class: "small" }, "The same design alone, with intervals of its figures: ", copyButton(() => commandOf(row))), el("code", { class: "code", id: "command" }, commandOf(row)));
  refreshAll();
}

/// From a table: the panel may be out of sight.
function showPoint(row) {
  choosePoint(row);
  point.scrollIntoView({ block: "nearest" });
}
const point = el("div", { id: "point", "aria-live": "polite" }, el("p", { class: "soft" }, "Choose a design in a chart or in the table: its parameters, figures, report or the command that solves it alone appear here."));

// Trade-offs: any two columns against each other.
function scatterFigure() {
  const options = columns.map(withVariation);
  const wanted = [...[...goals.keys()].map(columnOf), ...figureColumns, ...parameterColumns].filter((column) => column), able = wanted.filter((column) => varying.has(column));
  const [first, ...others] = [...new Set([...able, ...wanted])]; // without objectives the second of another block: one block's figures go together
  const second = goals.size ? others[0] : others.find((column) => able.includes(column) && column.name.split(".")[0] !== first.name.split(".")[0]) || others[0];
  const axes = { x: first, y: second || first };
  const dot = rows.length > 500 ? 6 : 9;
  const note = (column) => goals.has(column.name) ? ` (${goals.get(column.name).replace(/_/g, " ")})` : "";
  const axisOf = (column, more) => column.choices ? axis(shortName(column.name), { ...more, type: "category", data: [...column.names.values()] }) : axis(shortName(column.name) + note(column), { scale: true, ...more });
  const option = () => ({
    ...base, legend: { top: 0, left: 0, itemWidth: 12, textStyle: { color: shade.ink } }, grid: { left: 84, right: 24, top: 44, bottom: 56 },
    tooltip: { formatter: (item) => {
      const row = rowOfPoint.get(item.value[2]);
      return tip(`point ${row[0]}, ${statusNames[statusOf(row)]}${pageOf(row[0]) ? ", with a report" : ""}`, ...[axes.x, axes.y].map((column) => `${shortName(column.name)}: ${num(shown(row, column))}`));
    } },
    dataZoom: [{ type: "inside", xAxisIndex: 0, zoomOnMouseWheel: "ctrl", moveOnMouseMove: false }, { type: "inside", yAxisIndex: 0, zoomOnMouseWheel: "ctrl", moveOnMouseMove: false }],
    xAxis: axisOf(axes.x), yAxis: axisOf(axes.y, { nameGap: 58 }),
    series: [...Object.keys(statusNames).reverse().map((status) => ({
      type: "scatter", name: statusNames[status], color: statusColours[status], symbol: status === "front" ? "diamond" : status === "broken" ? "triangle" : "circle", symbolSize: status === "front" ? 11 : dot,
      itemStyle: { opacity: status === "front" ? 1 : 0.65 * shade.faint, borderColor: status === "front" ? shade.strong : "none", borderWidth: status === "front" ? 0.7 : 0 }, large: false,
      data: rows.filter((row) => statusOf(row) === status && shownRow(row) && row[axes.x.key] !== null && row[axes.y.key] !== null).map((row) => [drawn(row, axes.x), drawn(row, axes.y), row[0]]),
    })).filter((series) => series.data.length > 0),
    { type: "scatter", name: "chosen", silent: true, symbol: "circle", symbolSize: 18, itemStyle: { color: "transparent", borderColor: shade.strong, borderWidth: 2.5 }, z: 9,
      data: chosenRow && chosenRow[axes.x.key] !== null && chosenRow[axes.y.key] !== null ? [[drawn(chosenRow, axes.x), drawn(chosenRow, axes.y)]] : [] }],
  });
  const figure = chart("Trade-off", `Every design that has both figures${goals.size ? `; diamonds are the front (${frontPoints.size}): no other design is at least as good in every objective and better in one` : ""}. A click chooses a design; with the control key the wheel zooms.`, option, { height: 460, canvas: true });
  figure.entry.events = { click: (item) => { if (item.value.length > 2) choosePoint(rowOfPoint.get(item.value[2])); } };
  const bar = el("div", { class: "bar" }, ...["x", "y"].map((way) => choice(way === "x" ? "Across" : "Up", options, axes[way].name, (name) => {
    axes[way] = columnOf(name);
    figure.redraw();
  })));
  refreshers.push(figure.redraw);
  return [bar, figure];
}

function shownRow(row) {
  return brushed === null || brushed.has(row[0]);
}

// Parallel axes: brushing an axis filters every chart and the table.
function parallelFigure() {
  const usable = [...varying];
  const objectives = [...goals.keys()];
  const preferred = [...parameterColumns, ...objectives.map(columnOf), ...(analysis.constraints || []).map((constraint) => columnOf(constraint.figure)), ...figureColumns];
  const axes = [...new Set(preferred)].filter((column) => column && usable.includes(column)).slice(0, 9);
  const names = shortNames(columns.map((column) => column.name), 28), left = 40, right = 160, top = 124; // names stand at a slant
  const whole = rows.filter((row) => axes.every((column) => row[column.key] !== null));
  if (axes.length < 2 || whole.length === 0)
    return null;
  const order = { front: 4, good: 3, broken: 2, infeasible: 1, error: 0 };
  const sorted = [...whole].sort((a, b) => order[statusOf(a)] - order[statusOf(b)]);
  const most = 1500, every = Math.ceil(sorted.length / most); // more lines are a surface
  const lines = sorted.filter((row, i) => i % every === 0 || frontPoints.has(row[0]));
  const faint = Math.max(0.08, Math.min(0.5, 60 / lines.length));
  const step = (width) => (width - left - right) / (axes.length - 1);
  const option = (width) => ({
    ...base, parallel: { left, right, top, bottom: 28, axisExpandable: false, parallelAxisDefault: { nameGap: 12, axisLine: { lineStyle: { color: shade.soft } }, axisTick: { lineStyle: { color: shade.soft } }, areaSelectStyle: { width: 18, opacity: 0.35, color: "#e69f00", borderColor: "#7a5300" } } },
    parallelAxis: axes.map((column, i) => ({
      dim: i, name: "",
      ...(column.choices ? { type: "category", data: [...column.names.values()] } : { type: "value", scale: true }), axisLabel: { color: shade.ink, fontSize: 10, lineHeight: 12, backgroundColor: shade.veil, padding: [1, 2], borderRadius: 2, formatter: (value) => typeof value === "number" ? num(value, 3) : wrapped(value, Math.max(50, step(width) - 16), 10) },
    })),
    series: [{ type: "custom", coordinateSystem: "none", silent: true, data: axes.map((_, i) => [i]), // those of the axes would be cut at their distance
      renderItem: (item) => ({ type: "text", x: left + item.dataIndex * step(width), y: top - 12, rotation: 32 * Math.PI / 180, style: { text: names.get(axes[item.dataIndex].name), fill: shade.ink, font: `11px ${chartFont}`, verticalAlign: "middle" } }) },
    { type: "parallel", progressive: 500, smooth: false, inactiveOpacity: 0.03, activeOpacity: 0.8, lineStyle: { width: 1 },
      data: lines.map((row) => ({ value: axes.map((column) => column.choices ? shown(row, column) : drawn(row, column)), lineStyle: { color: statusColours[statusOf(row)], width: frontPoints.has(row[0]) ? 2 : 1, opacity: frontPoints.has(row[0]) ? 0.95 : Math.min(1, faint * shade.faint) } })) }],
  });
  const figure = chart("Every design as a line", `${whole.length} designs that have all of these figures${every > 1 ? `, one in ${every} drawn, the front whole` : ""}. Drag along an axis to keep what lies in a range; the charts and the table follow. Colours as above.`, option, { height: 420, canvas: true });
  const status = el("span", { role: "status" }, "nothing is filtered");
  const ranges = axes.map(() => null);
  function filter() {
    const active = axes.map((column, i) => [column, ranges[i]]).filter(([, intervals]) => intervals && intervals.length);
    brushed = active.length === 0 ? null : new Set(rows.filter((row) => active.every(([column, intervals]) => {
      const value = drawn(row, column);
      return value !== null && intervals.some(([low, high]) => value >= low && value <= high);
    })).map((row) => row[0]));
    status.textContent = brushed === null ? "nothing is filtered" : `${brushed.size} of ${rows.length} designs kept`;
    refreshAll();
  }
  // Kept ranges stay marked on their axes when the chart is drawn anew, in another width or shade.
  let marking = false;
  function mark() {
    if (!figure.entry.instance)
      return;
    marking = true;
    axes.forEach((column, i) => {
      const [low, high] = column.choices ? [-0.5, column.choices.length - 0.5] : extent(rows.map((row) => row[column.key]));
      figure.entry.instance.dispatchAction({ type: "axisAreaSelect", parallelAxisIndex: i, intervals: (ranges[i] || []).map(([from, to]) => [Math.max(from, low), Math.min(to, high)]).filter(([from, to]) => from <= to) });
    });
    marking = false;
  }
  figure.entry.drawn = () => {
    if (ranges.some((intervals) => intervals && intervals.length))
      mark();
  };
  figure.entry.events = { axisareaselected: (event) => {
    if (marking)
      return;
    axes.forEach((_, i) => {
      const model = figure.entry.instance.getModel().getComponent("parallelAxis", i);
      if (model.id === event.parallelAxisId) // limits typed for another axis stay, also those beyond its ends
        ranges[i] = model.activeIntervals.map((interval) => [...interval].sort((a, b) => a - b));
    });
    filter();
  } };
  const clear = el("button", { type: "button", class: "clear", onclick: () => {
    ranges.fill(null);
    figure.redraw();
    filter();
  } }, "clear filters");
  // The same by keyboard: limits of one axis as numbers.
  let typed = 0;
  const low = el("input", { type: "number", step: "any", style: "width:8em" }), high = el("input", { type: "number", step: "any", style: "width:8em" });
  const apply = el("button", { type: "button", class: "keep", onclick: () => {
    const bounds = [low.value === "" ? -Infinity : Number(low.value), high.value === "" ? Infinity : Number(high.value)];
    ranges[typed] = low.value === "" && high.value === "" ? null : [bounds];
    mark();
    filter();
  } }, "keep");
  const numeric = axes.map((column, i) => [String(i), column.name, column]).filter(([, , column]) => !column.choices).map(([i, name]) => [i, name]);
  typed = numeric.length ? Number(numeric[0][0]) : 0;
  return [el("div", { class: "bar" }, numeric.length ? [choice("Keep", numeric, String(typed), (i) => { typed = Number(i); }), labelled("from", low), labelled("to", high), apply] : [], clear, status), figure];
}

// What figures hang on.
const measures = {
  sobol_indices: [["total", "total"], ["first_order", "alone"]], elementary_effects: [["mu_star", "mu*"], ["sigma", "sigma"]],
  regression: [["share_alone", "share alone"], ["rank_coefficient", "rank coefficient"]],
};
const measureAxis = { sobol_indices: "share of the variance", elementary_effects: "change of the figure over the parameter's range", regression: "share of the variance; coefficient of ranks" };

function sensitivitySection() {
  const list = analysis.sensitivities || [];
  if (list.length === 0)
    return null;
  const holder = el("div");
  function show(figure) {
    const found = list.find((item) => item.figure === figure);
    const estimate = (value) => typeof value === "number" ? { value } : value; // some have no interval
    const entry = { ...found, parameters: found.parameters.map((parameter) => Object.fromEntries(Object.entries(parameter).map(([key, value]) => [key, estimate(value)]))) };
    const kinds = measures[entry.method] || [];
    const present = kinds.filter(([key]) => entry.parameters.some((parameter) => parameter[key]));
    const main_ = present.length ? present[0][0] : null;
    const sorted = [...entry.parameters].sort((a, b) => Math.abs((b[main_] || {}).value || 0) - Math.abs((a[main_] || {}).value || 0)).slice(0, 20);
    const beside = (width) => namesBeside(sorted.map((parameter) => parameter.parameter), width);
    const option = (width) => ({
      ...base, legend: { top: 0, left: 0, textStyle: { color: shade.ink } }, grid: { left: beside(width).room, right: 30, top: 36, bottom: 48 },
      tooltip: { formatter: (item) => {
        const found = sorted[item.dataIndex][present[item.seriesIndex][0]] || {};
        return tip(sorted[item.dataIndex].parameter, `${present[item.seriesIndex][1]}: ${num(found.value)}`, found.low === undefined ? "" : `95 %: ${num(found.low)} \u2026 ${num(found.high)}`);
      } },
      xAxis: axis(measureAxis[entry.method] || "measure"), yAxis: categories(sorted.map((parameter) => parameter.parameter), { axisLabel: beside(width).label }),
      series: present.map(([key, name], k) => ({ type: "custom", name, color: okabeIto[k], data: sorted.map((parameter, i) => [i, (parameter[key] || {}).value, (parameter[key] || {}).low, (parameter[key] || {}).high]), encode: { y: 0, x: [1, 2, 3] },
        renderItem: (_, api) => {
          if (!Number.isFinite(api.value(1)))
            return null;
          const zero = api.coord([0, api.value(0)]), to = api.coord([api.value(1), api.value(0)]), band = api.size([0, 1])[1] / (present.length + 0.6), y = zero[1] + (k - (present.length - 1) / 2) * band;
          const parts = [{ type: "rect", shape: { x: Math.min(zero[0], to[0]), y: y - band * 0.4, width: Math.max(1, Math.abs(to[0] - zero[0])), height: band * 0.8 }, style: { fill: okabeIto[k] } }];
          if (Number.isFinite(api.value(2)) && Number.isFinite(api.value(3)))
            parts.push({ type: "line", shape: { x1: api.coord([api.value(2), 0])[0], x2: api.coord([api.value(3), 0])[0], y1: y, y2: y }, style: { stroke: shade.strong, lineWidth: 1.5 } });
          return { type: "group", children: parts };
        } })),
    });
    const told = [`${entry.samples} samples`, entry.left_out ? `${entry.left_out} left out` : "", entry.r2 === undefined ? "" : `R\u00b2 ${num(entry.r2, 3)}`, entry.rank_r2 === undefined ? "" : `of ranks ${num(entry.rank_r2, 3)}`].filter((text) => text).join(", ");
    const measureColumns = present.flatMap(([key, name]) => [{ title: name, of: (row) => (row[key] || {}).value }, { title: "95 %", of: (row) => row[key] && row[key].low !== undefined ? `${num(row[key].low, 3)} \u2026 ${num(row[key].high, 3)}` : "", class: "number" }]);
    holder.replaceChildren(chart(`What ${figure} hangs on`, `By ${entry.method.replace(/_/g, " ")}; ${told}. Lines: 95 % intervals.${entry.parameters.length > 20 ? " The twenty strongest." : ""}`, option, { height: 100 + 34 * sorted.length }),
      el("details", {}, el("summary", {}, "As a table"), table(`Sensitivity of ${figure}`, [{ title: "parameter", of: (row) => row.parameter, class: "path" }, ...measureColumns], entry.parameters) || ""));
  }
  show(list[0].figure);
  return [el("div", { class: "bar" }, choice("Figure", list.map((item) => [item.figure, item.figure]), list[0].figure, show)), holder];
}

function yieldSection() {
  const made = analysis.yield;
  if (!made)
    return null;
  const halved = (made.if_halved || []).filter((row) => row.gain);
  const beside = (width) => namesBeside(halved.map((row) => row.parameter), width);
  const option = (width) => ({
    ...base, grid: { left: beside(width).room, right: 30, top: 12, bottom: 48 }, tooltip: { formatter: (item) => tip(halved[item.dataIndex].parameter, `gain ${percent(halved[item.dataIndex].gain.value, 1)}`, `${num(halved[item.dataIndex].effective_samples, 3)} effective samples`) },
    xAxis: axis("yield gained, % of all designs"), yAxis: categories(halved.map((row) => row.parameter), { axisLabel: beside(width).label }),
    series: [{ type: "bar", barMaxWidth: 16, color: okabeIto[2], data: halved.map((row) => 100 * row.gain.value) }, whiskers(halved.map((row, i) => [i, 100 * row.gain.low, 100 * row.gain.high]))],
  });
  return [el("p", {}, `${percent(made.share, 1)} of ${made.failed_left_out ? `${made.samples} solved` : made.samples} designs are good (95 % interval ${percent(made.low, 1)} \u2026 ${percent(made.high, 1)}).${made.failed_left_out ? ` ${made.failed_left_out} that failed are left out: of all ${made.samples + made.failed_left_out}, ${percent(made.good / (made.samples + made.failed_left_out), 1)} are known to be good.` : ""}`),
    halved.length ? chart("Which spread to narrow first", "Yield gained if that parameter's spread were half as wide, from the same designs by weights; below 30 effective samples it is no answer.", option, { height: 90 + 26 * halved.length }) : null,
    table("Yield if one spread were halved", [{ title: "parameter", of: (row) => row.parameter, class: "path" }, { title: "yield", of: (row) => percent(row.share, 1), class: "number" }, { title: "gain", of: (row) => `${percent(row.gain.value, 1)} (${percent(row.gain.low, 1)} \u2026 ${percent(row.gain.high, 1)})`, class: "number" },
      { title: "effective samples", of: (row) => row.effective_samples }], halved)];
}

function responseSection() {
  const list = analysis.responses || [];
  if (list.length === 0)
    return null;
  const holder = el("div", { class: "columns" });
  const figures = [...new Set(list.map((item) => item.figure))];
  function show(figure) {
    const entries = list.filter((item) => item.figure === figure);
    const [low, high] = extent(entries.flatMap((entry) => entry.bins.flatMap((bin) => [bin.p5, bin.p95, bin.median])));
    const step = niceStep((high - low) / 5 || Math.abs(high) / 5 || 1), bottom = Math.floor(low / step) * step, top = Math.max(Math.ceil(high / step), Math.floor(low / step) + 1) * step;
    holder.replaceChildren(...entries.map((entry) => {
      const choices = entry.bins.some((bin) => bin.choice !== undefined), column = columnOf(entry.parameter);
      const nameOf = (bin) => column && column.choices && column.names.get(String(bin.choice)) || String(bin.choice);
      const middle = (bin) => choices ? nameOf(bin) : (bin.from + bin.to) / 2;
      const room = (width) => (width - 110) / entry.bins.length - 8;
      const lines = (width) => choices ? Math.max(...entry.bins.map((bin) => wrapped(nameOf(bin), room(width), 12).split("\n").length)) : 1;
      const option = (width) => ({
        ...base, grid: { left: 84, right: 20, top: 12, bottom: 38 + 14 * lines(width) },
        tooltip: { trigger: "axis", formatter: (items) => { const bin = entry.bins[items[0].dataIndex]; return tip(choices ? nameOf(bin) : `${num(bin.from)} to ${num(bin.to)}`, `median ${num(bin.median)}`, `5 to 95 %: ${num(bin.p5)} \u2026 ${num(bin.p95)}`, `${bin.designs} designs`); } },
        xAxis: choices ? axis(shortName(entry.parameter), { type: "category", data: entry.bins.map(middle), nameGap: 16 + 14 * lines(width), axisLabel: { color: shade.ink, lineHeight: 14, hideOverlap: true, formatter: (name) => wrapped(name, room(width), 12) } }) : axis(shortName(entry.parameter), { scale: true }),
        yAxis: axis(shortName(figure), { nameGap: 58, min: bottom, max: top, interval: step, axisLabel: { color: shade.ink, formatter: (value) => num(value, 3) } }),
        series: [
          { type: "custom", silent: true, data: entry.bins.map((bin) => [middle(bin), bin.p5, bin.p95]), encode: { x: 0, y: [1, 2] }, renderItem: (_, api) => {
            const from = api.coord([api.value(0), api.value(1)]), to = api.coord([api.value(0), api.value(2)]);
            return { type: "rect", shape: { x: from[0] - 9, y: to[1], width: 18, height: Math.max(1, from[1] - to[1]) }, style: { fill: "#56b4e9", opacity: 0.45 } };
          } },
          { type: choices ? "scatter" : "line", color: shade.blue, symbolSize: 7, data: entry.bins.map((bin) => [middle(bin), bin.median]) },
        ],
      });
      return chart(entry.parameter, "Line: median; boxes: 5 to 95 % of the designs.", option, { height: (width) => 246 + 14 * lines(width) });
    }));
  }
  const first = figures.find((name) => varying.has(columnOf(name))) || figures[0];
  show(first);
  return [el("div", { class: "bar" }, choice("Figure", figures.map((name) => columnOf(name) ? withVariation(columnOf(name)) : [name, name]), first, show)), holder];
}

function frontSection() {
  const front = analysis.front || [];
  const figures = [...goals.keys()];
  return front.length === 0 ? el("p", { class: "soft" }, goals.size ? "No good design." : "The sweep file names no objectives.") : [
    analysis.hypervolume ? el("p", {}, `Hypervolume ${num(analysis.hypervolume.value)}, ${percent(analysis.hypervolume.share_of_box || 0)} of the box from the reference to the best of each: ${Object.entries(analysis.hypervolume.reference || {}).map(([name, value]) => `${name} ${num(value)}`).join(", ")}.`) : null,
    kept(longTable("The front, by the first objective", [{ title: "point", of: (row) => row.point }, ...figures.map((name) => ({ title: shortName(name, 36), tip: name, of: (row) => (row.figures || {})[name] })),
      ...parameterColumns.map((column) => tableColumn(column, (row) => rowOfPoint.get(row.point)))], front,
    { page: 12, link: pageLink, chosen: (row) => chosenRow !== null && row.point === chosenRow[0], action: { label: "show", name: (row) => `point ${row.point}`, run: (row) => showPoint(rowOfPoint.get(row.point)) } }))];
}

/// A long table that is drawn anew when a design is chosen.
function kept(list) {
  refreshers.push(list.refresh);
  return list.element;
}

/// Those that stand for the front, and every design with a report of its own.
function worthSection() {
  const few = analysis.representatives || [];
  const list = [...few, ...[...withPage].filter((point) => !few.includes(point))].map((point) => rowOfPoint.get(point)).filter((row) => row);
  if (list.length === 0)
    return null;
  const objectives = [...goals.keys()].map(columnOf);
  const without = few.filter((point) => !withPage.has(point)).length;
  return [el("p", {}, few.length ? `${few.length === frontPoints.size ? "The whole front" : `${few.length} of the ${frontPoints.size} designs of the front, that stand for all of it: the best in each objective, then always the one farthest from those`}${list.length > few.length ? ", and designs that were asked for" : ""}.` : "Designs that were asked for."),
    kept(longTable("Designs worth a look", [{ title: "point", of: (row) => row[0] }, { title: "state", of: (row) => statusNames[statusOf(row)], class: "name" }, ...(objectives.length ? objectives : figureColumns.filter((column) => varying.has(column)).slice(0, 4)).map((column) => tableColumn(column)),
      ...parameterColumns.map((column) => tableColumn(column))], list,
    { page: 12, link: pageLink, chosen: (row) => row === chosenRow, action: { label: "show", name: (row) => `point ${row[0]}`, run: showPoint } })),
    without ? [el("p", { class: "small" }, `${without === few.length ? "None" : `${few.length - without}`} of them ${few.length - without === 1 ? "has" : "have"} a report yet; this writes one of each (DIR: the folder of this page): `, copyButton(() => pagesCommand("best")), el("code", { class: "code" }, pagesCommand("best")))] : null];
}

function designsTable() {
  let wanted = "all";
  const list = longTable("Designs", [{ title: "point", of: (row) => row[0] }, { title: "state", of: (row) => statusNames[statusOf(row)], class: "name" }, ...columns.map((column) => tableColumn(column))], rows, {
    page: 20, link: pageLink, keep: (row) => shownRow(row) && (wanted === "all" || statusOf(row) === wanted), chosen: (row) => row === chosenRow, action: { label: "show", name: (row) => `point ${row[0]}`, run: showPoint } });
  return [el("div", { class: "bar" }, choice("State", [["all", "any"], ...Object.entries(statusNames)], "all", (value) => { wanted = value; list.refresh(); })), kept(list)];
}

function sweepPage() {
  const designs = analysis.designs || {}, made = analysis.yield;
  const basis = made ? made.failed_left_out ? `of ${num(made.samples, 9)} solved; ${num(made.failed_left_out, 9)} failed are left out; ` : `of ${num(made.samples, 9)}; ` : "";
  const tile = (label, value, note) => value === undefined || value === null ? null : el("div", { class: "tile" }, el("div", { class: "label" }, label), el("div", { class: "value" }, value), note ? el("div", { class: "note" }, note) : null);
  document.body.append(el("header", { class: "top" }, el("h1", {}, data.name), el("p", {}, `A sweep of ${data.base}, ${num(designs.done, 9)} of ${num(designs.planned, 9)} designs${data.fidelity ? `, ${data.fidelity} fidelity` : ""}.`),
    el("div", { class: "tiles" }, tile("Good designs", num(designs.good, 9), `of ${num(designs.done, 9)}; feasible, constraints kept`), tile("Feasible", num(designs.ok, 9), `${num(designs.infeasible, 9)} infeasible, ${num(designs.failed, 9)} failed`),
      tile("On the front", goals.size ? num(frontPoints.size, 9) : null, goals.size === 1 ? "1 objective" : `${goals.size} objectives`), made ? tile("Yield", percent(made.share, 1), `${basis}95 % interval ${percent(made.low, 1)} \u2026 ${percent(made.high, 1)}`) : null),
    data.every > 1 ? el("p", { class: "bad-text" }, `This page holds the front and every ${data.every}th of ${num(data.designs, 9)} designs, to stay below 5 MB; the answers are of all of them, results.csv has all.`) : null),
  el("nav", { "aria-label": "Sections" }, navigation), main);
  if ((analysis.warnings || []).length)
    section("warnings", "Warnings", el("ul", { class: "notes" }, analysis.warnings.map((warning) => el("li", {}, warning))));
  section("worth", "Designs worth a look", worthSection());
  if (rows.length)
    section("trade", "Trade-offs", scatterFigure(), parallelFigure());
  section("chosen", "Chosen design", point);
  section("front", "Best designs", frontSection());
  section("rejects", "What rejects designs",
    table("Constraints, of the feasible designs", [{ title: "figure", of: (row) => row.figure, class: "path" }, { title: "at least", of: (row) => row.min }, { title: "at most", of: (row) => row.max }, { title: "broken by", of: (row) => row.broken },
      { title: "alone", of: (row) => row.broken_alone }, { title: "figure absent", of: (row) => row.absent }], analysis.constraints || []),
    table("Rules and failures, by the first of each design", [{ title: "state", of: (row) => row.status }, { title: "rule", of: (row) => row.rule }, { title: "designs", of: (row) => row.designs }, { title: "first point", of: (row) => row.first_point }, { title: "message", of: (row) => row.message }], analysis.rules || []));
  section("sensitivity", "What matters", sensitivitySection());
  section("yield", "Yield", yieldSection());
  section("response", "Responses", responseSection());
  section("designs", "Designs", designsTable());
  section("provenance", "Provenance", provenanceSection());
  document.body.append(el("footer", {}, "Made by beachfront; the same store and program give the same bytes. Charts by Apache ECharts 6.1.0 (Apache License 2.0)."));
}

sweepPage();
