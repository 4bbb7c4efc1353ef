// SPDX-License-Identifier: GPL-3.0-or-later
// Elements from data. Text goes in as text nodes alone, so that no name can become markup.

const data = JSON.parse(document.getElementById("data").textContent);

/// el("td", {class: "number", onclick: f}, "text", element, ...): null and undefined children are left out.
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name.startsWith("on"))
      element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

function svgEl(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const main = el("main");
const navigation = el("ul");

/// A section of the page and its line in the navigation. Sections without content are left out.
function section(id, title, ...children) {
  const content = children.flat(Infinity).filter((child) => child !== null && child !== undefined);
  if (content.length === 0)
    return null;
  const element = el("section", { id, "aria-labelledby": id + "-title" }, el("h2", { id: id + "-title" }, title), content);
  main.append(element);
  navigation.append(el("li", {}, el("a", { href: "#" + id }, title)));
  return element;
}

function labelled(text, input) {
  return el("label", {}, text, " ", input);
}

function choice(text, options, chosen, onchange) {
  const list = el("select", { onchange: () => onchange(list.value) },
    options.map(([value, label]) => el("option", { value, selected: value === chosen }, label)));
  return labelled(text, list);
}

function copyButton(text) {
  const button = el("button", { type: "button", class: "screen", onclick: () => {
    const field = el("textarea", {});
    field.value = text();
    document.body.append(field);
    field.select();
    document.execCommand("copy"); // a file has no clipboard API
    field.remove();
    button.textContent = "copied";
    setTimeout(() => { button.textContent = "copy"; }, 1500);
  } }, "copy");
  return button;
}
