// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as text, figures by their path, tables from comma-separated values.

/// Four significant digits; thousands without an exponent, a true minus sign.
function num(value, digits = 4) {
  if (value === null || value === undefined || value === "")
    return "";
  if (typeof value !== "number")
    return String(value);
  if (value === 0)
    return "0";
  const size = Math.abs(value);
  let text = size >= 1e8 || size < 1e-4 ? value.toExponential(digits - 1).replace(/\.?0+e/, "e").replace("e+", "e")
    : size >= Math.pow(10, digits) ? String(Math.round(value)) : String(Number(value.toPrecision(digits)));
  if (size >= 1e4 && /^-?\d+$/.test(text))
    text = text.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return text.replace("-", "\u2212").replace("e\u2212", "e-");
}

function percent(share, digits = 0) {
  return (100 * share).toFixed(digits).replace("-", "\u2212") + " %";
}

/// Units as a reader writes them; files use letters alone.
const unitSigns = { C: "\u00b0C", um: "\u00b5m", "J/m2": "J/m\u00b2", "Tb/s/mm2": "Tb/s/mm\u00b2", EUR: "EUR", cycles: "cycles" };
function unit(text) {
  return unitSigns[text] || text;
}

/// What stands in the last part of a key: "loss_dB" -> "dB", "energy_pJ_per_bit" -> "pJ/bit".
function unitOfKey(key) {
  const found = /_((?:[a-zA-Z]*[A-Z][a-zA-Z]*|um|mm|nm|cm|ps|ns|s|min|km|m|eur|deg|rad|mrad|years|ppm|bit)[0-9]*(?:_per_[a-zA-Z0-9_]+)?)$/
    .exec(key.split(".").pop());
  return found ? unit(found[1].replace(/_per_/g, "/").replace(/_/g, " ")) : "";
}

/// The value at "a.b[2].c" or "a.list[name].c"; undefined where there is none.
function at(value, path) {
  for (const step of path.match(/[^.[\]]+|\[[^\]]*\]/g) || []) {
    if (value === null || value === undefined)
      return undefined;
    if (!step.startsWith("["))
      value = value[step];
    else if (/^\[\d+\]$/.test(step))
      value = value[Number(step.slice(1, -1))];
    else
      value = value.find((item) => item.name === step.slice(1, -1));
  }
  return value;
}

/// Rows of RFC 4180 text as objects; numbers where a cell is one.
function rowsOfCsv(text) {
  const cells = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g;
  for (let match; pattern.lastIndex < text.length && (match = pattern.exec(text));) {
    const cell = match[1].startsWith('"') ? match[1].slice(1, -1).replace(/""/g, '"') : match[1];
    cells[cells.length - 1].push(cell);
    if (match[2] === "\n")
      cells.push([]);
  }
  const [head, ...rows] = cells.filter((row) => row.length > 0);
  return (rows || []).map((row) => Object.fromEntries(head.map((name, i) =>
    [name, row[i] !== "" && Number.isFinite(Number(row[i])) ? Number(row[i]) : row[i]])));
}

function extent(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values)
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  return [low, high];
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/// The next step of 1, 2, 5, 10, ... that is at least this wide.
function niceStep(width) {
  const size = Math.pow(10, Math.floor(Math.log10(width)));
  return [1, 2, 5, 10].map((times) => times * size).find((step) => step >= width * 0.999999);
}
