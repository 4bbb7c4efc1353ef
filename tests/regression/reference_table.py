#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of docs/reference-designs.md and the pages of docs/reference/ from the program's own results.

reference_table.py PROGRAM SOURCE            compares the committed tables with a fresh run, exit code 1 if they differ
reference_table.py PROGRAM SOURCE --write    writes them

Every design is solved once, without intervals. Figures have three digits; two texts are the same when they differ only in
numbers by no more than one unit of the last digit printed, so that another compiler does not break the check.
"""

import json
import math
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True  # nothing is left in the source tree
from published_figures import PUBLISHED, engines_C, optics
from reference_pages import page as design_page

# In the order of the page, each with the letter that the page uses.
DESIGNS = {
    "102t-davisson-like": "A",
    "102t-spectrumx-like": "B",
    "102t-glass": "C",
    "102t-glass-sheet": "C-sheet",
    "102t-glass-dr": "C-DR",
    "102t-glass-dr-110": "C-DR-110",
    "102t-organic-705g": "D-705G",
    "102t-organic-795g": "D-795G",
    "102t-organic-bt": "D-BT",
    "102t-glass-fibre": "E",
}

# Moves of the loop are printed to a fixed digit: below it they are what its tolerance leaves.
LASER_dB, LASER_W, ENGINE_W, HEAT_K, BOW_UM, TOTAL_W, ENERGY, SAVED = 3, 2, 3, 2, 2, 1, 3, 4


def figures():
    """Rows of the table of all designs: name, unit, how to read it, digits after the point (none: three in all)."""
    saved = lambda whole: lambda r: next(s["ratio"] for s in r["power"]["savings"] if s["against"] == "dsp-1.6t" and
                                         s["host_and_cooling_included"] == whole)
    moved = lambda key: lambda r: r["loop"]["moved_by"][key]
    return [
        ("feasible", "", lambda r: "yes" if r["feasible"] else "no", None),
        ("escape per die shoreline", "Tb/s/mm", lambda r: r["escape"]["die_shoreline_Tbps_per_mm"], None),
        ("escape per package edge", "Tb/s/mm", lambda r: r["escape"]["package_edge_Tbps_per_mm"], None),
        ("escape limited by", "", lambda r: r["escape"]["limited_by"], None),
        ("routing loss, mean", "dB", lambda r: r["routing"]["loss_dB"]["mean"], None),
        ("routing loss, worst", "dB", lambda r: r["routing"]["loss_dB"]["max"], None),
        ("switch die, hottest", "C", lambda r: r["temperature"]["asic_max_C"], None),
        ("engines, hottest", "C", lambda r: max(engines_C(r)), None),
        ("warpage, room", "um", lambda r: r["mechanics"]["warpage_um"]["room"], None),
        ("warpage, operating", "um", lambda r: r["mechanics"]["warpage_um"]["operating"], None),
        ("warpage, reflow", "um", lambda r: r["mechanics"]["warpage_um"]["reflow"], None),
        ("link margin, worst", "dB", lambda r: r["link"]["worst_margin_dB"], None),
        ("left by the least far end of the standard", "dB", lambda r: r["link"]["standard_receive_margin_dB"], None),
        ("light of a laser, most", "dBm", lambda r: r["link"]["laser_power_dBm"], None),
        ("lasers, electrical", "W", lambda r: r["link"]["laser_electrical_W"], None),
        ("whole link", "W", lambda r: optics(r)["total_W"], None),
        ("whole link", "pJ/bit", lambda r: optics(r)["pJ_per_bit"], None),
        ("optics and lasers", "pJ/bit", lambda r: optics(r)["optics_pJ_per_bit"], None),
        ("saved on dsp-1.6t, whole link", "", saved(True), None),
        ("saved on dsp-1.6t, optics and lasers", "", saved(False), None),
        ("run-away, times the engines' heat", "", lambda r: r["loop"].get("run_away", {}).get("heat_factor", "none found")
         if "loop" in r else "-", None),
        ("turns of the loop", "", lambda r: r["loop"]["iterations"], None),
        ("the loop moved: light of a laser", "dB", moved("laser_power_dBm"), LASER_dB),
        ("the loop moved: lasers, electrical", "W", moved("laser_electrical_W"), LASER_W),
        ("the loop moved: heat of an engine", "W", moved("engine_power_W"), ENGINE_W),
        ("the loop moved: switch die", "K", moved("asic_max_C"), HEAT_K),
        ("the loop moved: engines", "K", moved("engine_max_C"), HEAT_K),
        ("the loop moved: warpage, operating", "um", moved("warpage_operating_um"), BOW_UM),
        ("the loop moved: whole link", "W", moved("total_W"), TOTAL_W),
        ("the loop moved: whole link", "pJ/bit", moved("pJ_per_bit"), ENERGY),
        ("the loop moved: saved on dsp-1.6t", "", moved("saving_vs_pluggable"), SAVED),
    ]


def three_digits(value):
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    digits = max(0, 2 - math.floor(math.log10(abs(float(f"{value:.2e}")))))
    return f"{float(f'{value:.2e}'):.{digits}f}"


def text(value, digits=None):
    if isinstance(value, (str, int)):
        return str(value)
    if digits is None:
        return three_digits(value)
    rounded = f"{value:+.{digits}f}"
    return "0" if float(rounded) == 0 else rounded


def or_dash(read, results):
    """What is read, or nothing where the design has no such figure."""
    try:
        return read(results)
    except (KeyError, StopIteration):
        return "-"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def all_designs(results):
    rows = []
    for name, unit, read, digits in figures():
        rows.append([name, unit] + [text(or_dash(read, results[design]), digits) for design in DESIGNS])
    return table(["", ""] + list(DESIGNS.values()), rows)


def figures_of(results):
    """The rows of one design that it has a figure for."""
    rows = [[name, unit, text(or_dash(read, results), digits)] for name, unit, read, digits in figures()]
    return table(["", "", ""], [row for row in rows if row[2] != "-"])


def beside(published, ours):
    if published.beside == "ratio":
        return "x" + three_digits(ours / published.value)
    if published.beside == "difference":
        return f"{ours - published.value:+.2f} " + ("K" if published.unit == "C" else "dB")
    return "-"


def one_design(name, results):
    rows = []
    for published in PUBLISHED[name]:
        ours = published.ours(results[name], results)
        rows.append([published.figure, published.unit, text(published.value), text(ours), beside(published, ours),
                     f"{published.source} ({published.tag})", published.note])
    parts = [table(["", "", "published", "ours", "ours to it", "source (tag)", "what it counts, why they differ"], rows)]
    for kind, entries in (("Violations", [one["message"] for one in results[name]["violations"]]),
                          ("Warnings", results[name]["warnings"])):
        parts.append(f"{kind}: " + ("; ".join(f"({i}) {entry}" for i, entry in enumerate(entries, 1)) or "none") + ".")
    return "\n\n".join(parts)


def solved(program, source):
    results = {}
    for name in DESIGNS:
        command = [program, "solve", os.path.join(source, "designs", "reference", name + ".yaml"), "--json", "--set",
                   "uncertainty.samples=0"]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode not in (0, 1):
            sys.exit(f"{' '.join(command)} ended with {run.returncode}: {run.stderr}")
        results[name] = json.loads(run.stdout)
    return results


def marks(block):
    return f"<!-- {block}: made by tests/regression/reference_table.py -->\n", f"\n<!-- end of {block} -->"


def between(page, block):
    """Where the block stands in the page."""
    begin, end = marks(block)
    if page.count(begin) != 1 or page.count(end) != 1:
        sys.exit(f"docs/reference-designs.md has lost the marks of {block}")
    return page.index(begin) + len(begin), page.index(end)


NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def same(committed, fresh):
    """Equal but for the last digits of numbers."""
    if NUMBER.sub("#", committed) != NUMBER.sub("#", fresh):
        return False
    for was, now in zip(NUMBER.findall(committed), NUMBER.findall(fresh)):
        last_digit = 10 ** -min(len(number.partition(".")[2]) for number in (was, now))
        third_digit = 10 ** (math.floor(math.log10(abs(float(was)))) - 2) if float(was) else 0
        if abs(float(was) - float(now)) > 1.001 * max(last_digit, third_digit):
            return False
    return True


def first_difference(committed, fresh):
    for was, now in zip(committed.splitlines(), fresh.splitlines()):
        if not same(was, now):
            return f"  committed: {was}\n  fresh:     {now}"
    return "  one has more lines than the other"


def check_pages(source, results, write):
    """Compares or writes the page of each design; returns how many differ."""
    folder = os.path.join(source, "docs", "reference")
    os.makedirs(folder, exist_ok=True)
    differ = 0
    for name, letter in DESIGNS.items():
        path = os.path.join(folder, name + ".md")
        fresh = design_page(source, name, letter, figures_of(results[name]), one_design(name, results))
        committed = ""
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                committed = file.read()
        if write:
            with open(path, "w", encoding="utf-8") as file:
                file.write(fresh)
        elif not same(committed, fresh):
            differ += 1
            print(f"docs/reference/{name}.md differs:\n{first_difference(committed, fresh)}")
    return differ


def main():
    program, source = sys.argv[1:3]
    path = os.path.join(source, "docs", "reference-designs.md")
    with open(path, encoding="utf-8") as file:
        page = file.read()
    designs = os.listdir(os.path.join(source, "designs", "reference"))
    if sorted(name + ".yaml" for name in DESIGNS) != sorted(name for name in designs if name.endswith(".yaml")):
        sys.exit("designs/reference holds other designs than the page")
    results = solved(program, source)
    blocks = {"all designs": all_designs(results)}
    blocks.update({name: one_design(name, results) for name in DESIGNS})
    write = "--write" in sys.argv[3:]
    differ = check_pages(source, results, write)
    for block, fresh in blocks.items():
        begin, end = between(page, block)
        if write:
            page = page[:begin] + fresh + page[end:]
        elif not same(page[begin:end], fresh):
            differ += 1
            print(f"{block} differs:\n{first_difference(page[begin:end], fresh)}")
    if write:
        with open(path, "w", encoding="utf-8") as file:
            file.write(page)
    if differ:
        sys.exit(f"write anew: {' '.join(sys.argv[:3])} --write")


if __name__ == "__main__":
    main()
