// SPDX-License-Identifier: GPL-3.0-or-later
// The link: the worst lane's ledger, every lane's margin, the limits and how near they are.

/// Steps of the level from the laser to the receiver; terms too small to see have none.
function ledgerSteps(link, worst) {
  const least = 0.01, steps = [];
  let level = worst.laser_limit_dBm;
  const stand = (name) => steps.push({ name, from: level, to: level, stand: true });
  const fall = (name, loss) => {
    steps.push({ name, from: level, to: level - loss });
    level -= loss;
  };
  const part = (terms) => {
    for (const term of terms)
      if (Math.abs(term.loss_dB) >= least)
        fall(term.name, term.loss_dB);
      else
        level -= term.loss_dB;
  };
  stand("laser at its limit");
  part(link.to_launch);
  stand("launched, average");
  part(link.to_receiver);
  stand("at the photodiode, average");
  fall("average to amplitude (OMA)", worst.received_average_dBm - worst.received_oma_dBm);
  part(link.penalties);
  stand("amplitude less penalties");
  return steps;
}

function ledgerFigure(link, worst) {
  const steps = ledgerSteps(link, worst), sensitivity = worst.sensitivity_oma_dBm;
  const low = 5 * Math.floor((Math.min(sensitivity, ...steps.map((step) => step.to)) - 1) / 5), high = 5 * Math.ceil((worst.laser_limit_dBm + 2) / 5);
  const option = (width) => ({
    ...base, grid: { left: Math.min(230, width * 0.36), right: 30, top: 30, bottom: 46 },
    tooltip: { trigger: "item", formatter: (item) => {
      const step = steps[item.value[0]];
      return tip(step.name, step.stand ? `${num(step.to)} dBm` : `${num(step.from - step.to)} dB, down to ${num(step.to)} dBm`);
    } },
    xAxis: axis("level, dBm", { min: low, max: high }),
    yAxis: categories(steps.map((step) => step.name), { axisLabel: { interval: 0, color: shade.ink, fontSize: 11, width: Math.min(220, width * 0.35), overflow: "truncate" } }),
    series: [{
      type: "custom", data: steps.map((step, i) => [i, step.from, step.to]), encode: { y: 0, x: [1, 2] },
      renderItem: (_, api) => {
        const step = steps[api.value(0)], y = api.coord([0, api.value(0)])[1], x0 = api.coord([step.stand ? low : step.to, 0])[0], x1 = api.coord([step.from, 0])[0];
        const text = step.stand ? `${step.to.toFixed(2)} dBm` : (step.from - step.to).toFixed(2);
        return { type: "group", children: [
          { type: "rect", shape: { x: Math.min(x0, x1), y: y - 6, width: Math.max(1, Math.abs(x1 - x0)), height: 12 }, style: { fill: step.stand ? "#56b4e9" : "#d55e00" } },
          { type: "text", style: { text: text.replace("-", "\u2212"), x: Math.max(x0, x1) + 4, y, textVerticalAlign: "middle", fontSize: 10, fontFamily: chartFont, fill: shade.ink } }] };
      },
      markLine: { symbol: "none", silent: true, lineStyle: { color: shade.strong, type: "dashed" }, data: [{ xAxis: sensitivity }],
        label: { formatter: `receiver needs ${num(sensitivity, 3)} dBm`, position: "start", color: shade.ink, fontSize: 11 } },
    }],
  });
  const margin = Math.min(worst.launch_margin_dB, worst.receive_margin_dB);
  return chart(`Ledger of the worst lane, ${link.worst_lane}`,
    `From the laser at its limit, ${num(worst.laser_limit_dBm)} dBm, to the photodiode: what is left over the receiver's ${num(sensitivity, 3)} dBm is the receive margin, ${num(worst.receive_margin_dB, 3)} dB; at launch ${num(worst.launch_margin_dB, 3)} dB are left over the standard. The smaller of both, ${num(margin, 3)} dB, is the lane's margin. Terms below 0.01 dB stand in the table alone.`,
    option, { height: 70 + 20 * steps.length });
}

function ledgerTable(link) {
  const parts = [["laser to launch", link.to_launch], ["launch to photodiode", link.to_receiver], ["penalties", link.penalties]];
  return el("details", {}, el("summary", {}, "The ledger as a table, with sources"),
    table(`Ledger of lane ${link.worst_lane}`, [{ title: "part", of: (row) => row.part }, { title: "term", of: (row) => row.name },
      { title: "loss", unit: "dB", of: (row) => row.loss_dB }, { title: "source", of: (row) => row.source }],
      parts.flatMap(([part, terms]) => terms.map((term) => ({ part, ...term })))));
}

function marginFigure(lanes) {
  const values = lanes.map((lane) => lane[1]), [low, high] = extent(values);
  const width = niceStep((high - low) / 24 || 0.01), first = Math.floor(low / width), count = Math.floor(high / width) - first + 1;
  const bins = Array.from({ length: count }, (_, i) => [(first + i) * width, (first + i + 1) * width, 0]);
  for (const value of values)
    ++bins[Math.min(count - 1, Math.floor(value / width) - first)][2];
  const option = () => ({
    ...base, grid: { left: 60, right: 20, top: 16, bottom: 50 },
    tooltip: { formatter: (item) => tip(`${num(item.value[2])} lanes`, `${num(item.value[0])} to ${num(item.value[1])} dB`) },
    xAxis: axis("margin, dB", { min: bins[0][0], max: bins[count - 1][1] }), yAxis: axis("lanes", { minInterval: 1, nameGap: 40 }),
    series: [{ type: "custom", data: bins, encode: { x: [0, 1], y: 2 }, renderItem: (_, api) => {
      const from = api.coord([api.value(0), api.value(2)]), to = api.coord([api.value(1), 0]);
      return { type: "rect", shape: { x: from[0], y: from[1], width: to[0] - from[0] - 1, height: to[1] - from[1] }, style: { fill: api.value(1) <= 0 ? "#d55e00" : shade.blue } };
    } }],
  });
  const below = values.filter((value) => value < 0).length;
  return chart("Margin of every lane", `${values.length} lanes, ${num(low, 3)} to ${num(high, 3)} dB; ${below === 0 ? "none is" : below + " are"} below 0. The smaller of launch and receive margin.`, option, { height: 300 });
}

function checksTable(checks) {
  return el("div", {}, el("p", { class: "small" }, "Lasers run at what their worst lane needs: its receiver limit is met with nothing to spare. The margin above is with lasers at their limit."), table("Limits of the standard and the receiver, nearest first", [
    { title: "limit", of: (check) => check.limit.replace(/_dBm?(_per_Hz)?$/, "").replace(/_/g, " ") }, { title: "found", of: (check) => check.found },
    { title: "required", of: (check) => check.required }, { title: "unit", of: (check) => check.unit },
    { title: "margin", unit: "dB", of: (check) => el("span", { class: check.margin_dB < -1e-9 ? "bad-text" : null }, Math.abs(check.margin_dB) < 1e-9 ? "0" : num(check.margin_dB, 3)), class: "number" },
    { title: "where", of: (check) => check.where },
  ], [...checks].sort((a, b) => a.margin_dB - b.margin_dB)));
}
