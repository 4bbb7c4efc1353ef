# SPDX-License-Identifier: GPL-3.0-or-later
# What KLayout finds in a report database, as JSON:
#   klayout -b -r read_lyrdb.py -rd input=layout.lyrdb -rd report=report.json
import json
import pya

database = pya.ReportDatabase("read")
database.load(input)
items = []
for item in database.each_item():
    values = list(item.each_value())
    box = next(v.box() for v in values if v.is_box())
    items.append({
        "rule": database.category_by_id(item.category_id()).name(),
        "cell": database.cell_by_id(item.cell_id()).name(),
        "x_mm": box.center().x / 1000,
        "y_mm": box.center().y / 1000,
        "texts": [v.string() for v in values if v.is_string()],
    })
with open(report, "w") as file:
    json.dump({
        "top_cell": database.top_cell_name,
        "categories": {c.name(): {"description": c.description, "items": c.num_items()} for c in database.each_category()},
        "items": items,
    }, file)
