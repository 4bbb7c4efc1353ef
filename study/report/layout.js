// SPDX-License-Identifier: GPL-3.0-or-later
// The layout: the drawing of layout.svg with pan, zoom, layers, and the figures of a guide.

const guideColours = [["kind", "kind"], ["loss_dB", "loss, dB"], ["length_mm", "length, mm"], ["min_radius_mm", "least radius, mm"]];

const layoutLayers = [
  ["tx", "transmit guides", "#0072b2"], ["rx", "receive guides", "#00775a"], ["laser", "laser feeds", "#d55e00"],
  ["link", "links between engines", "#7a5ccc"], ["ribbon", "fibre ribbons", "#00775a"], ["crossing", "crossings", "#2b3940"],
  ["die", "dies", "#3f5873"], ["engine", "engines", "#b3872c"], ["connector", "connectors", "#6a5fa0"],
  ["keep-out", "keep-outs", "#c0392b"], ["name", "names", "#56646f"], ["violation", "violations", "#b03a00"],
];

/// A violation of the whole package or of its light stands at the origin; a die that is too hot may lie there.
function hasPlace(violation) {
  return violation.x_mm !== 0 || violation.y_mm !== 0 || ["die_temperature", "lid_covers_source"].includes(violation.rule);
}

/// {element, show(violation index), table}; null without a drawing.
function layoutView(svgText, routes, violations) {
  const drawing = new DOMParser().parseFromString(svgText, "image/svg+xml").documentElement;
  if (drawing.nodeName !== "svg")
    return null;
  const svg = svgEl("svg", { tabindex: 0, role: "application", "aria-describedby": "layout-keys",
    "aria-label": "Layout of the package, seen from above, north up" });
  const upright = document.importNode(drawing.querySelector("g"), true); // what stands in package coordinates
  for (const text of upright.querySelectorAll("text"))
    text.classList.add("name");
  for (const title of upright.querySelectorAll("title"))
    title.remove(); // the figures stand beside the drawing
  svg.append(upright);

  const outline = upright.querySelector(".package");
  const size = { x: Number(outline.getAttribute("x")), y: -Number(outline.getAttribute("y")) - Number(outline.getAttribute("height")),
    width: Number(outline.getAttribute("width")), height: Number(outline.getAttribute("height")) };
  const side = 1.04 * Math.max(size.width, size.height);
  const home = { x: size.x + size.width / 2 - side / 2, y: size.y + size.height / 2 - side / 2, side };
  let view = { ...home };

  const paths = [...upright.querySelectorAll("path.guide")];
  const guides = paths.map((path, i) => ({ path, route: routes[i], points: null }));
  const marks = svgEl("g", { class: "violations" });
  const hovered = svgEl("path", { class: "mark hovered" }), selected = svgEl("path", { class: "mark selected" });
  upright.append(hovered, selected, marks);
  const spots = violations.map((violation, i) => {
    const spot = svgEl("circle", { class: "mark violation", cx: violation.x_mm, cy: violation.y_mm, r: 1, ...(hasPlace(violation) ? {} : { display: "none" }) });
    spot.addEventListener("click", () => showViolation(i, false));
    marks.append(spot);
    return spot;
  });

  // The view.
  function draw() {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.side} ${view.side}`);
    const radius = 7 * view.side / Math.max(svg.clientWidth, 1);
    for (const spot of spots)
      spot.setAttribute("r", radius);
  }
  function zoom(factor, x = view.x + view.side / 2, y = view.y + view.side / 2) {
    const next = Math.min(Math.max(view.side / factor, home.side / 5000), 2 * home.side);
    view = { x: x - (x - view.x) * next / view.side, y: y - (y - view.y) * next / view.side, side: next };
    draw();
  }
  function pan(x, y) {
    view.x += x * view.side;
    view.y += y * view.side;
    draw();
  }
  function centre(x, y, width) {
    view = { x: x - width / 2, y: -y - width / 2, side: width };
    draw();
  }
  function place(event) {
    const box = svg.getBoundingClientRect();
    return { x: view.x + (event.clientX - box.left) / box.width * view.side, y: view.y + (event.clientY - box.top) / box.height * view.side };
  }

  // The guide nearest to a place, within so many millimetres.
  function nearest(at, within) {
    let best = null, least = within * within;
    for (const guide of guides) {
      if (guide.path.style.display === "none")
        continue;
      if (!guide.points) {
        const length = guide.path.getTotalLength(), count = 48;
        guide.points = Array.from({ length: count + 1 }, (_, i) => guide.path.getPointAtLength(length * i / count));
      }
      for (let i = 1; i < guide.points.length; ++i) {
        const a = guide.points[i - 1], b = guide.points[i], dx = b.x - a.x, dy = b.y - a.y;
        const t = Math.min(1, Math.max(0, ((at.x - a.x) * dx + (-at.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
        const away = (a.x + t * dx - at.x) ** 2 + (a.y + t * dy + at.y) ** 2;
        if (away < least) {
          least = away;
          best = guide;
        }
      }
    }
    return best;
  }

  // What is told beside the drawing.
  const told = el("div", { "aria-live": "polite" });
  let chosen = null, current = -1;
  function tell(guide, title) {
    const rows = guideFigures(guide.route);
    told.replaceChildren(table(`${title}: ${guide.route.net}`, [{ title: "figure", of: (row) => row[0] }, { title: "value", of: (row) => row[1], class: "number" }], rows));
  }
  function tellNothing() {
    told.replaceChildren(el("p", { class: "small" }, paths.length ? "Point at a guide, or choose one, to see its figures." : upright.querySelector(".ribbon") ? "This design has no guides: fibres go straight to the engines." : "No guide is laid out."));
  }
  function hover(guide) {
    hovered.setAttribute("d", guide ? guide.path.getAttribute("d") : "");
    if (guide)
      tell(guide, "Guide");
    else if (chosen)
      tell(chosen, "Chosen guide");
    else if (current >= 0)
      tellViolation();
    else
      tellNothing();
  }
  function choose(guide, goThere) {
    chosen = guide;
    current = -1;
    spots.forEach((spot) => spot.classList.remove("current"));
    selected.setAttribute("d", guide ? guide.path.getAttribute("d") : "");
    hover(null);
    list.refresh();
    if (guide)
      list.show(guide);
    if (guide && goThere) {
      const box = guide.path.getBBox();
      centre(box.x + box.width / 2, box.y + box.height / 2, 1.3 * Math.max(box.width, box.height, home.side / 50));
      svg.scrollIntoView({ block: "nearest" });
    }
  }
  function tellViolation() {
    const violation = violations[current];
    told.replaceChildren(el("h3", { class: "bad-text" }, `Violation ${current + 1}: ${violation.rule}`), el("p", { class: "small" }, violation.message),
      table("Violation", [{ title: "", of: (row) => row[0] }, { title: "", of: (row) => row[1] }], [["where", violation.where],
        ["found", `${num(violation.found)} ${unit(violation.unit)}`], ["required", `${num(violation.required)} ${unit(violation.unit)}`],
        ["place, mm", `${num(violation.x_mm)}, ${num(violation.y_mm)}`]]));
  }
  function showViolation(i, goThere = true) {
    choose(null);
    current = i;
    spots.forEach((spot, k) => spot.classList.toggle("current", k === i));
    tellViolation();
    if (goThere) {
      centre(violations[i].x_mm, violations[i].y_mm, home.side / 8);
      svg.focus({ preventScroll: true });
      element.scrollIntoView({ block: "start" });
    }
  }

  // Mouse and touch: drag pans, the wheel zooms once the drawing has the focus.
  let drag = null;
  svg.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, view: { ...view }, moved: false };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drag) {
      hover(nearest(place(event), 6 * view.side / svg.clientWidth));
      return;
    }
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < 4)
      return;
    drag.moved = true;
    svg.classList.add("dragged");
    view.x = drag.view.x - dx / svg.clientWidth * view.side;
    view.y = drag.view.y - dy / svg.clientWidth * view.side;
    draw();
  });
  svg.addEventListener("pointerup", (event) => {
    const still = drag && !drag.moved;
    drag = null;
    svg.classList.remove("dragged");
    const spot = still ? document.elementsFromPoint(event.clientX, event.clientY).find((found) => spots.includes(found)) : null;
    if (spot)
      showViolation(spots.indexOf(spot), false);
    else if (still)
      choose(nearest(place(event), 6 * view.side / svg.clientWidth));
  });
  svg.addEventListener("pointercancel", () => { drag = null; });
  svg.addEventListener("pointerleave", () => { if (!drag) hover(null); });
  svg.addEventListener("wheel", (event) => {
    if (document.activeElement !== svg && !event.ctrlKey)
      return; // the page scrolls
    event.preventDefault();
    const spot = place(event);
    zoom(Math.exp(-event.deltaY / 400), spot.x, spot.y);
  }, { passive: false });

  function step(by) {
    if (guides.length)
      choose(guides[(guides.indexOf(chosen) + by + guides.length) % guides.length], true);
  }
  const keys = {
    ArrowLeft: () => pan(-0.1, 0), ArrowRight: () => pan(0.1, 0), ArrowUp: () => pan(0, -0.1), ArrowDown: () => pan(0, 0.1),
    "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: () => { view = { ...home }; draw(); },
    Enter: () => choose(nearest({ x: view.x + view.side / 2, y: view.y + view.side / 2 }, view.side)),
    n: () => step(1), p: () => step(-1), Escape: () => choose(null),
  };
  svg.addEventListener("keydown", (event) => {
    const action = keys[event.key];
    if (!action || event.ctrlKey || event.altKey || event.metaKey)
      return;
    event.preventDefault();
    action();
  });

  // Layers and colours.
  function setLayer(name, on) {
    for (const shape of svg.querySelectorAll("." + name))
      shape.style.display = on ? "" : "none";
  }
  const layers = layoutLayers.filter(([name]) => svg.querySelector("." + name));
  const toggles = layers.map(([name, text, colour]) => el("label", {},
    el("input", { type: "checkbox", checked: true, "data-layer": name, onchange: (event) => setLayer(name, event.target.checked) }), " ",
    el("span", { class: "key", style: `background:${colour}` }), text));
  const scale = el("span", { class: "small" });
  function colour(by) {
    const [low, high] = extent(guides.map((guide) => guide.route[by]));
    for (const guide of guides) {
      const value = guide.route[by];
      const share = high > low ? (value - low) / (high - low) : 0;
      guide.path.style.stroke = by === "kind" || !Number.isFinite(value) ? "" : viridis[Math.round(share * (viridis.length - 2))];
    }
    scale.replaceChildren(...(by === "kind" ? [] : [num(low), " ", ...viridis.slice(0, -1).map((shade) => el("span", { style: `background:${shade};display:inline-block;width:1em;height:.8em` })), " ", num(high)]));
  }

  const button = (label, text, action) => el("button", { type: "button", "aria-label": label, title: label, onclick: action }, text);
  const bar = el("div", { class: "bar" }, button("zoom in", "+", () => zoom(1.4)), button("zoom out", "\u2212", () => zoom(1 / 1.4)),
    button("show the whole package", "whole", keys[0]), paths.length ? [choice("Colour guides by", guideColours, "kind", colour), scale] : []);
  const view_ = el("div", { class: "layout-view" }, svg);
  const cross = svgEl("svg", { class: "cross", viewBox: "-11 -11 22 22", "aria-hidden": "true" }, svgEl("path", { d: "M-10 0H10M0 -10V10", stroke: "#000", "stroke-width": 1.5 }));
  view_.append(cross);
  const element = el("div", {}, bar,
    el("div", { class: "layout" }, view_, el("div", { class: "layout-side" },
      el("div", { class: "bar" }, el("fieldset", {}, el("legend", {}, "Show"), toggles)), told,
      el("p", { class: "small soft screen", id: "layout-keys" }, "Drag to pan; after a click the wheel zooms. Keys, with the drawing in focus: arrows pan, + and \u2212 zoom, 0 shows all, Enter chooses the guide nearest to the middle, n and p the next and the previous one, Escape none."))));

  const list = longTable("Guides one by one, as in routes.csv", routeColumns(guides), guides, {
    chosen: (guide) => guide === chosen,
    action: { label: "show", name: (guide) => guide.route.net, run: (guide) => { choose(guide, true); element.scrollIntoView({ block: "start" }); } },
  });
  if (guides.length)
    element.append(el("details", {}, el("summary", {}, `All ${guides.length} guides as a table`), list.element));
  new ResizeObserver(draw).observe(svg);
  draw();
  tellNothing();
  return { element, show: showViolation };
}

function guideFigures(route) {
  const rows = [["engine", route.engine], [String(route.connector).startsWith("E") ? "to engine" : "connector", route.connector],
    ["fibre", route.fibre], ["kind", { tx: "transmit", rx: "receive", laser: "laser feed", link: "link" }[route.kind] || route.kind],
    ["length, mm", route.length_mm], ["loss, dB", route.loss_dB], ["  propagation, dB", route.propagation_dB], ["  bends, dB", route.bends_dB],
    ["  joints, dB", route.joints_dB], ["  crossings, dB", route.crossings_dB], ["bends", route.bends], ["crossings", route.crossings],
    ["least radius, mm", route.min_radius_mm === "" ? "straight" : route.min_radius_mm], ["turns, degrees", route.turning_rad * 180 / Math.PI], ["delay, ps", route.delay_ps], ["layer", route.layer]];
  return rows.filter(([, value]) => value !== "" && value !== undefined);
}

function routeColumns(guides) {
  const columns = [["net", "guide"], ["engine", "engine"], ["kind", "kind"], ["connector", "ends at"], ["fibre", "fibre"], ["length_mm", "length", "mm"],
    ["loss_dB", "loss", "dB"], ["propagation_dB", "propagation", "dB"], ["bends_dB", "bends", "dB"], ["joints_dB", "joints", "dB"], ["crossings", "crossings"],
    ["bends", "bends"], ["min_radius_mm", "least radius", "mm"], ["delay_ps", "delay", "ps"]];
  return columns.filter(([key]) => guides.some((guide) => guide.route[key] !== ""))
    .map(([key, title, of]) => ({ title, unit: of, of: (guide) => guide.route[key] }));
}
