// SPDX-License-Identifier: GPL-3.0-or-later
// Maps over the package: temperature and deflection, with the bodies' outlines.

/// Rectangles filled by value, in millimetres. cells: [x from, x to, y from, y to, value].
function mapChart(title, label, { cells, bodies, range, colours, unit: inUnit, tipOf }) {
  const [west, east] = data.package.x_mm, [south, north] = data.package.y_mm;
  const rectangle = (api, x0, x1, y0, y1, style) => {
    const from = api.coord([x0, y1]), to = api.coord([x1, y0]);
    return { type: "rect", shape: { x: from[0], y: from[1], width: to[0] - from[0], height: to[1] - from[1] }, style };
  };
  const option = (width, height) => {
    const left = 58, right = 84, top = 12, bottom = 48, free = Math.min(width - left - right, height - top - bottom);
    const wide = east - west, tall = north - south, scale = free / Math.max(wide, tall);
    return {
      ...base,
      tooltip: { formatter: (item) => tipOf(item) },
      grid: { left, top, width: wide * scale, height: tall * scale },
      xAxis: axis("x, mm", { min: west, max: east, splitLine: { show: false } }),
      yAxis: axis("y, mm", { min: south, max: north, nameGap: 36, splitLine: { show: false } }),
      visualMap: { type: "continuous", min: range[0], max: range[1], dimension: 4, seriesIndex: 0, calculable: false, left: left + wide * scale + 10, top: 12, itemHeight: Math.min(220, height - 110),
        text: [num(range[1], 3) + " " + inUnit, num(range[0], 3) + " " + inUnit], inRange: { color: colours }, precision: 2, textStyle: { color: shade.ink } },
      series: [
        { type: "custom", data: cells, encode: { x: [0, 1], y: [2, 3] },
          renderItem: (_, api) => {
            const cell = rectangle(api, api.value(0), api.value(1), api.value(2), api.value(3), { fill: api.visual("color") });
            cell.shape.width += 0.6; // no seams between neighbours
            cell.shape.height += 0.6;
            return cell;
          } },
        { type: "custom", silent: true, data: bodies.map((body, i) => [body.x_mm[0], body.x_mm[1], body.y_mm[0], body.y_mm[1], i]), encode: { x: [0, 1], y: [2, 3] },
          renderItem: (_, api) => {
            const shape = rectangle(api, api.value(0), api.value(1), api.value(2), api.value(3), { fill: "none", stroke: "#000", lineWidth: 0.8 });
            return { type: "group", children: [shape, { type: "text", style: { text: bodies[api.value(4)].name, x: shape.shape.x + shape.shape.width / 2, y: shape.shape.y + shape.shape.height / 2,
              textAlign: "center", textVerticalAlign: "middle", fontSize: 9, fontFamily: chartFont, fill: "#000", stroke: "#fff", lineWidth: 2 } }] };
          } },
      ],
    };
  };
  return chart(title, label, option, { canvas: true, height: (width) => Math.min(540, width - 82) });
}

function bodyTip(body) {
  return tip(body.name, `mean ${num(body.mean_C)} \u00b0C`, `hottest ${num(body.max_C)} \u00b0C`, `${num(body.power_W)} W`);
}

function temperatureFigure(map, bodies) {
  const shown = bodies.filter((body) => Number.isFinite(body.mean_C));
  if (!map) {
    if (shown.length === 0)
      return null;
    const range = extent(shown.map((body) => body.max_C));
    return mapChart("Hottest point of each body", "The fast thermal model solves every die and engine as a whole: colour is its hottest point, there is no field between bodies. Solve with --fidelity full for a map.", {
      cells: shown.map((body) => [...body.x_mm, ...body.y_mm, body.max_C]), bodies: shown, range, colours: viridis, unit: "\u00b0C",
      tipOf: (item) => bodyTip(shown[item.dataIndex]),
    });
  }
  const holder = el("div");
  const figures = map.fields.map((field) => {
    const cells = [], columns = map.x_mm.length - 1;
    field.C.forEach((value, k) => {
      const i = k % columns, j = Math.floor(k / columns);
      if (value !== null)
        cells.push([map.x_mm[i], map.x_mm[i + 1], map.y_mm[j], map.y_mm[j + 1], value]);
    });
    const range = extent(cells.map((cell) => cell[4]));
    return [field.name, () => mapChart(`Temperature, ${field.name}`, `Conduction in three dimensions; ${num(range[0])} to ${num(range[1])} \u00b0C.`, {
      cells, bodies, range, colours: viridis, unit: "\u00b0C",
      tipOf: (item) => tip(`${num(item.value[4])} \u00b0C`, `x ${num((item.value[0] + item.value[1]) / 2)} mm, y ${num((item.value[2] + item.value[3]) / 2)} mm`),
    })];
  });
  return switched(holder, "Face", figures, figures[0][0]);
}

function deflectionFigure(map, bodies) {
  if (!map)
    return null;
  const half = (values, i, side) => { // the cell around a place
    const next = i + side < 0 || i + side >= values.length ? i : i + side;
    return (values[i] + values[next]) / 2;
  };
  const figures = map.states.map((state) => {
    const columns = map.x_mm.length;
    const cells = state.um.map((value, k) => {
      const i = k % columns, j = Math.floor(k / columns);
      return [half(map.x_mm, i, -1), half(map.x_mm, i, 1), half(map.y_mm, j, -1), half(map.y_mm, j, 1), value];
    });
    const [low, high] = extent(state.um), most = Math.max(Math.abs(low), Math.abs(high), 0.1);
    const named = { reflow: "at reflow", room: "at room temperature", mounted: "at room temperature, on the board", operating: "operating" }[state.name];
    return [state.name, () => mapChart(`Height of the substrate, ${named}`, `Over its middle, less the plane of its corners, by the ${map.model} model: ${num(low)} to ${num(high)} \u00b5m. The corner farthest from 0 is the warpage in the table of figures.`, {
      cells, bodies, range: [-most, most], colours: blueToRed, unit: "\u00b5m",
      tipOf: (item) => tip(`${num(item.value[4])} \u00b5m`, `x ${num(map.x_mm[item.dataIndex % columns])} mm, y ${num(map.y_mm[Math.floor(item.dataIndex / columns)])} mm`),
    })];
  });
  return switched(el("div"), "State", figures, figures[figures.length - 1][0]);
}

/// One of several figures, chosen from a list.
function switched(holder, label, figures, first) {
  const show = (name) => holder.replaceChildren(figures.find(([found]) => found === name)[1]());
  show(first);
  return el("div", {}, el("div", { class: "bar" }, choice(label, figures.map(([name]) => [name, name]), first, show)), holder);
}

function bodyTable(bodies) {
  return table("Dies and engines in operation", [
    { title: "body", of: (body) => body.name }, { title: "power", unit: "W", of: (body) => body.power_W },
    { title: "mean", unit: "C", of: (body) => body.mean_C }, { title: "hottest", unit: "C", of: (body) => body.max_C },
  ], bodies.filter((body) => Number.isFinite(body.mean_C)));
}

function engineTable(engines) {
  return table("Engines against their ports in operation, since they were joined", [
    { title: "engine", of: (engine) => engine.name },
    ...["x", "y", "z"].map((way, i) => ({ title: "shift " + way, unit: "um", of: (engine) => engine.shift_um && engine.shift_um[i] })),
    ...["about x", "about y", "about z"].map((way, i) => ({ title: "turn " + way, unit: "mrad", of: (engine) => engine.rotation_mrad && engine.rotation_mrad[i] })),
    { title: "seat coplanarity", unit: "um", of: (engine) => engine.seat_coplanarity_um },
  ], engines || []);
}
