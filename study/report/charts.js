// SPDX-License-Identifier: GPL-3.0-or-later
// Charts by Apache ECharts, in colours that colour-blind readers tell apart (Okabe and Ito).

const okabeIto = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c8c", "#1d2730", "#f0e442"];
const viridis = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"];
const blueToRed = ["#2166ac", "#67a9cf", "#d1e5f0", "#f7f7f7", "#fddbc7", "#ef8a62", "#b2182b"];
const chartFont = '"DejaVu Sans", "Segoe UI", Helvetica, Arial, sans-serif';
const allCharts = [];

/// A figure with a chart. `label` tells a screen reader what is drawn; the numbers stand in the table beside it.
/// `height` in pixels, or a function of the width. `aside`: elements below the caption.
function chart(title, label, option, { height = 320, canvas = false, aside = [] } = {}) {
  const host = el("div", { class: "chart", role: "img", "aria-label": label });
  const figure = el("figure", {}, host, el("figcaption", {}, el("b", {}, title + ". "), label), aside);
  const entry = { host, instance: null, option };
  entry.draw = () => {
    const width = host.clientWidth;
    if (width === 0)
      return;
    if (width === entry.width)
      return;
    entry.width = width;
    const tall = typeof height === "function" ? height(width) : height;
    host.style.height = tall + "px";
    if (!entry.instance)
      entry.instance = host.chart = echarts.init(host, null, { renderer: canvas ? "canvas" : "svg", width, height: tall });
    else
      entry.instance.resize({ width, height: tall });
    entry.instance.setOption(typeof entry.option === "function" ? entry.option(width, tall) : entry.option, true);
    if (entry.started)
      return;
    entry.started = true;
    for (const [name, handler] of Object.entries(entry.events || {}))
      entry.instance.on(name, handler);
  };
  allCharts.push(entry);
  new ResizeObserver(() => entry.draw()).observe(host);
  return Object.assign(figure, { entry, redraw: () => { entry.width = 0; entry.draw(); } });
}

// A page of paper is narrower than a window: charts are drawn again for it.
window.addEventListener("beforeprint", () => allCharts.forEach((entry) => {
  entry.host.style.width = "660px";
  entry.draw();
}));
window.addEventListener("afterprint", () => allCharts.forEach((entry) => {
  entry.host.style.width = "";
  entry.draw();
}));

/// Lines of text in a tip, as elements: nothing in them is parsed.
function tip(...lines) {
  return el("div", {}, lines.filter((line) => line).map((line) => el("div", {}, line)));
}

const base = {
  animation: false,
  textStyle: { fontFamily: chartFont, fontSize: 12, color: "#1d2730" },
  color: okabeIto,
};

function axis(name, more = {}) {
  return {
    type: "value", name, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: "#1d2730", fontSize: 12 },
    axisLabel: { color: "#1d2730", hideOverlap: true, formatter: (value) => typeof value === "number" ? num(value) : value },
    axisLine: { show: true, onZero: false, lineStyle: { color: "#56646f" } }, splitLine: { lineStyle: { color: "#e3e8eb" } }, ...more,
  };
}

function categories(values, more = {}) {
  return axis("", { type: "category", data: values, inverse: true, axisTick: { show: false }, axisLabel: { color: "#1d2730", interval: 0, width: 170, overflow: "truncate" }, ...more });
}

/// Whiskers from low to high along x, for horizontal bars: data [category, low, high].
function whiskers(values) {
  return {
    type: "custom", silent: true, z: 5, data: values, encode: { x: [1, 2], y: 0 },
    renderItem: (_, api) => {
      const from = api.coord([api.value(1), api.value(0)]), to = api.coord([api.value(2), api.value(0)]);
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: "#000", lineWidth: 1.5 } });
      return { type: "group", children: [line(from[0], from[1], to[0], to[1]), line(from[0], from[1] - 5, from[0], from[1] + 5), line(to[0], to[1] - 5, to[0], to[1] + 5)] };
    },
  };
}
