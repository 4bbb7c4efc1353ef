# SPDX-License-Identifier: GPL-3.0-or-later
"""A page for each reference design: what it stands for, its layout, its figures, and published ones beside them."""

import os
import re

MADE = "<!-- made by tests/regression/reference_table.py -->"


def stands_for(design):
    """The comment at the head of a design file, up to the meaning of its marks, as a paragraph."""
    words = []
    for line in design.splitlines():
        if not line.startswith("#") or line.startswith("# Mark behind"):
            break
        words.append(line.lstrip("# "))
    return " ".join(words).strip()


def marked(design):
    """How many lines of values carry a mark of each kind."""
    return {mark: len(re.findall(rf"\S +# {mark}(?: |$)|^ +# {mark} ", design, re.MULTILINE)) for mark in "sda"}


def page(source, name, letter, figures, published):
    with open(os.path.join(source, "designs", "reference", name + ".yaml"), encoding="utf-8") as file:
        design = file.read()
    description = re.search(r"^description: (.*)$", design, re.MULTILINE).group(1)
    marks = marked(design)
    picture = os.path.join("pictures", name + ".png")
    parts = [f"# {letter}: {name}", MADE, f"{description}.", stands_for(design),
             f"[The design file](../../designs/reference/{name}.yaml) marks {marks['s']} lines as sourced, {marks['d']} as "
             f"derived and {marks['a']} as assumed."]
    if os.path.exists(os.path.join(source, "docs", picture)):
        parts.append(f"![layout of {name}](../{picture})")
    parts += ["## Figures", figures, "## Published figures beside ours", published,
              "Sources in brackets and tags (M measured, P paper model, S standard, V vendor, A analyst, N third-party notes, "
              "D worked out) are those of [facts/power.md](../facts/power.md). What the rows mean, and the other designs: "
              "[reference-designs.md](../reference-designs.md)."]
    return "\n\n".join(parts) + "\n"
