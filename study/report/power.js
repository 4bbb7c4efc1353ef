// SPDX-License-Identifier: GPL-3.0-or-later
// Power and cost of the same traffic by other optics, and a fleet of them.

const powerParts = [["host_W", "host SerDes"], ["optics_W", "optics"], ["laser_W", "lasers"], ["cooling_W", "fans, conversion, facility"]];

const costParts = [["purchase_eur", "purchase"], ["spares_eur", "spares"], ["cooling_eur", "cooling"], ["delivery_eur", "power delivery"], ["electricity_eur", "electricity"],
  ["replacement_eur", "replacements"], ["visits_eur", "visits"], ["downtime_eur", "downtime"], ["disruption_eur", "disruption"], ["residual_eur", "residual value"]];

/// Stacked bars; whiskers over the total where `span` gives them.
function stacked(title, label, rows, parts, of, xName, span) {
  const option = (width) => ({
    ...base, legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: shade.ink } },
    grid: { left: Math.min(160, width * 0.28), right: 26, top: width < 640 ? 64 : 44, bottom: 48 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, formatter: (items) => tip(items[0].name, ...items.filter((item) => item.seriesType === "bar").map((item) => `${item.seriesName}: ${num(item.value)}`)) },
    xAxis: axis(xName), yAxis: categories(rows.map((row) => row.name), { axisLabel: { interval: 0, color: shade.ink, width: Math.min(150, width * 0.27), overflow: "truncate" } }),
    series: [...parts.map(([key, name], i) => ({ type: "bar", name, stack: "all", barMaxWidth: 24, color: okabeIto[i % okabeIto.length], itemStyle: { borderColor: shade.paper, borderWidth: 0.5 }, data: rows.map((row) => of(row, key)) })),
      ...(span ? [whiskers(rows.map((row, i) => [i, ...span(row)]))] : [])],
  });
  return chart(title, label, option, { height: 110 + 40 * rows.length });
}

function powerFigure(alternatives) {
  return stacked("Power of the same traffic", "At the meter, by the same boundary for every class of optics; whiskers: every part at its low or high end.",
    alternatives, powerParts, (row, key) => row[key] || 0, "power, W", alternatives.every((row) => row.total_span_W) ? (row) => [row.total_span_W.low, row.total_span_W.high] : null);
}

function costFigure(alternatives) {
  const owned = alternatives.filter((row) => row.ownership && row.ownership.present_value);
  if (owned.length === 0)
    return null;
  const parts = costParts.filter(([key]) => owned.some((row) => Math.abs(row.ownership.present_value[key] || 0) > 0.5));
  return stacked("Cost of ownership", "Present value of everything paid over the years of service; classes without a price are left out.", owned, parts, (row, key) => row.ownership.present_value[key] || 0, "present value, EUR");
}

function range(span, digits = 3) {
  return span ? `${num(span.low, digits)} \u2026 ${num(span.high, digits)}` : "";
}

function alternativesTable(power) {
  const own = power.alternatives[0];
  const saving = (row) => (power.savings || []).find((saving) => saving.of === own.name && saving.against === row.name && saving.host_and_cooling_included);
  return table("The same traffic by other optics", [
    { title: "optics", of: (row) => row.name, class: "name" }, { title: "total", unit: "W", of: (row) => row.total_W }, { title: "low \u2026 high", unit: "W", of: (row) => range(row.total_span_W), class: "number" },
    { title: "energy", unit: "pJ/bit", of: (row) => row.pJ_per_bit }, { title: "low \u2026 high", unit: "pJ/bit", of: (row) => range(row.span_pJ_per_bit), class: "number" },
    { title: "saved by the design", of: (row) => saving(row) ? percent(saving(row).ratio) : "", class: "number" },
    { title: "low \u2026 high", of: (row) => saving(row) ? `${percent(saving(row).ratio_low)} \u2026 ${percent(saving(row).ratio_high)}` : "", class: "number" },
    { title: "latency", unit: "ns", of: (row) => row.latency_ns && (row.latency_ns.value ?? (row.latency_ns.low + row.latency_ns.high) / 2) },
    { title: "purchase", unit: "EUR", of: (row) => row.capex_eur }, { title: "cost of ownership", unit: "EUR", of: (row) => row.tco_eur },
  ], power.alternatives);
}

function partsTable(alternatives) {
  const rows = alternatives.flatMap((row) => Object.entries(row.parts_W || {}).map(([part, span]) => ({ name: row.name, part, ...span })));
  return rows.length === 0 ? null : el("details", {}, el("summary", {}, "Every part with its range, confidence and source"),
    longTable("Parts of the power", [{ title: "optics", of: (row) => row.name }, { title: "part", of: (row) => row.part }, { title: "low", unit: "W", of: (row) => row.low },
      { title: "value", unit: "W", of: (row) => row.value }, { title: "high", unit: "W", of: (row) => row.high }, { title: "confidence", of: (row) => row.confidence }, { title: "source", of: (row) => row.source }],
      rows, { page: 20 }).element);
}

function fleetTable(fleet) {
  if (!fleet || !fleet.alternatives)
    return null;
  return table(`A fleet of ${num(fleet.accelerators, 7)} accelerators, at the meter`, [
    { title: "optics", of: (row) => row.name, class: "name" }, { title: "power", unit: "MW", of: (row) => row.meter_MW }, { title: "saved", unit: "MW", of: (row) => row.saving_vs_pluggable && row.saving_vs_pluggable.numerator_MW },
    { title: "electricity", unit: "MEUR a year", of: (row) => row.electricity_eur_per_year === undefined ? "" : row.electricity_eur_per_year / 1e6 }, { title: "modules", unit: "millions", of: (row) => row.modules / 1e6 },
    { title: "lasers", unit: "millions", of: (row) => row.lasers / 1e6 }, { title: "failures a day", of: (row) => row.failures_per_day }, { title: "purchase", unit: "MEUR", of: (row) => row.purchase_eur === undefined ? "" : row.purchase_eur / 1e6 },
  ], fleet.alternatives);
}
