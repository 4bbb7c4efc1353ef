// SPDX-License-Identifier: GPL-3.0-or-later
// Charts by Apache ECharts, in colours that colour-blind readers tell apart (Okabe and Ito).

// They stand on paper, or on a dark page where the reader's system asks for one. What is drawn reads `shade` anew each time.

const shades = {
  light: { ink: "#1d2730", soft: "#56646f", line: "#e3e8eb", strong: "#000", paper: "#fff", veil: "rgba(255,255,255,0.86)", blue: "#0072b2", grey: "#8c8c8c", faint: 1 },
  dark: { ink: "#e4eaee", soft: "#a7b4bd", line: "#2c3942", strong: "#fff", paper: "#12191e", veil: "rgba(18,25,30,0.86)", blue: "#2a86cf", grey: "#a3adb3", faint: 1.5 },
};
const shade = {};
const okabeIto = ["", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "", "", "#f0e442"];
const darkPage = window.matchMedia("(prefers-color-scheme: dark)");

function takeShade(name) {
  Object.assign(shade, shades[name]);
  [okabeIto[0], okabeIto[6], okabeIto[7]] = [shade.blue, shade.grey, shade.ink];
}
takeShade(darkPage.matches ? "dark" : "light");
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
    const wanted = typeof entry.option === "function" ? entry.option(width, tall) : entry.option;
    entry.instance.setOption(wanted.tooltip ? { ...wanted, tooltip: { ...tipLook(), ...wanted.tooltip } } : wanted, true);
    if (!entry.started)
      for (const [name, handler] of Object.entries(entry.events || {}))
        entry.instance.on(name, handler);
    entry.started = true;
    if (entry.drawn)
      entry.drawn();
  };
  allCharts.push(entry);
  new ResizeObserver(() => entry.draw()).observe(host);
  return Object.assign(figure, { entry, redraw: () => { entry.width = 0; entry.draw(); } });
}

function redrawAll(name, width) {
  takeShade(name);
  for (const entry of allCharts) {
    entry.host.style.width = width;
    entry.width = 0;
    entry.draw();
  }
}

// A page of paper is light and narrower than a window: charts are drawn again for it.
const ofPage = () => darkPage.matches ? "dark" : "light";
window.addEventListener("beforeprint", () => redrawAll("light", "660px"));
window.addEventListener("afterprint", () => redrawAll(ofPage(), ""));
darkPage.addEventListener("change", () => redrawAll(ofPage(), ""));

function tipLook() {
  return { confine: true, backgroundColor: shade.paper, borderColor: shade.soft, textStyle: { color: shade.ink } };
}

/// Lines of text in a tip, as elements: nothing in them is parsed.
function tip(...lines) {
  return el("div", {}, lines.filter((line) => line).map((line) => el("div", {}, line)));
}

const base = {
  animation: false,
  get textStyle() {
    return { fontFamily: chartFont, fontSize: 12, color: shade.ink };
  },
  color: okabeIto,
};

function axis(name, more = {}) {
  return {
    type: "value", name, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: shade.ink, fontSize: 12 },
    axisLabel: { color: shade.ink, hideOverlap: true, formatter: (value) => typeof value === "number" ? num(value) : value },
    axisTick: { lineStyle: { color: shade.soft } }, axisLine: { show: true, onZero: false, lineStyle: { color: shade.soft } }, splitLine: { lineStyle: { color: shade.line } }, ...more,
  };
}

function categories(values, more = {}) {
  return axis("", { type: "category", data: values, inverse: true, axisTick: { show: false }, axisLabel: { color: shade.ink, interval: 0, width: 170, overflow: "truncate" }, ...more });
}

const ruler = document.createElement("canvas").getContext("2d");
function lengthOf(text, size) {
  ruler.font = `${size}px ${chartFont}`;
  return ruler.measureText(text).width;
}

/// A name over several lines, none longer than `width` pixels where it has places to be broken at: at commas, or else at
/// other signs.
function wrapped(name, width, size) {
  const fits = (text) => lengthOf(text.trimEnd(), size) <= width;
  const lines = [""];
  const add = (part) => {
    if (lines[lines.length - 1] === "" || fits(lines[lines.length - 1] + part))
      lines[lines.length - 1] += part;
    else
      lines.push(part);
  };
  for (const part of String(name).split(/(?<=, )/))
    (fits(part) ? [part] : part.split(/(?<=[ =_.-])/)).forEach(add);
  return lines.map((line) => line.trimEnd()).join("\n");
}

/// Room for names beside an axis, at most a share of the width: {room: pixels, label: what the axis needs for it}
function namesBeside(names, width, share = 0.5) {
  const room = Math.ceil(Math.min(width * share, 4 + Math.max(0, ...names.map((name) => lengthOf(name, 11)))));
  return { room: room + 12, label: { interval: 0, color: shade.ink, fontSize: 11, width: room, overflow: "truncate" } };
}

/// Whiskers from low to high along x, for horizontal bars: data [category, low, high].
function whiskers(values) {
  return {
    type: "custom", silent: true, z: 5, data: values, encode: { x: [1, 2], y: 0 },
    renderItem: (_, api) => {
      const from = api.coord([api.value(1), api.value(0)]), to = api.coord([api.value(2), api.value(0)]);
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: shade.strong, lineWidth: 1.5 } });
      return { type: "group", children: [line(from[0], from[1], to[0], to[1]), line(from[0], from[1] - 5, from[0], from[1] + 5), line(to[0], to[1] - 5, to[0], to[1] + 5)] };
    },
  };
}
