# SPDX-License-Identifier: GPL-3.0-or-later
# What KLayout, a reader that is not ours, finds in a GDSII file, as JSON:
#   klayout -b -r read_gds.py -rd input=layout.gds -rd report=report.json [-rd lyp=layers.lyp -rd png=picture.png]
# guide_layer is layer::guide of geometry/layers.hpp.
import json
import pya

guide_layer = (10, 0)


def per_layer(layout, cell):
    result = {}
    for index in layout.layer_indexes():
        info = layout.get_info(index)
        shapes = cell.shapes(index)
        result["%d/%d" % (info.layer, info.datatype)] = {
            "polygons": sum(1 for s in shapes.each() if s.is_polygon() or s.is_box()),
            "texts": sum(1 for s in shapes.each() if s.is_text()),
        }
    return result


def nets(layout, cell, index):
    """The values of GDSII property 1, KLayout's integer key, on the guide layer."""
    return sorted({s.property(1) for s in cell.shapes(index).each() if s.property(1) is not None})


layout = pya.Layout()
layout.read(input)
tops = [cell.name for cell in layout.top_cells()]
cell = layout.top_cell()
bbox = cell.dbbox()
guides = layout.layer(*guide_layer)
merged = pya.Region(cell.begin_shapes_rec(guides)).merged()
with open(report, "w") as file:
    json.dump(
        {
            "dbu": layout.dbu,
            "top_cells": tops,
            "bbox_um": [bbox.left, bbox.bottom, bbox.right, bbox.top],
            "layers": per_layer(layout, cell),
            "guide_nets": nets(layout, cell, guides),
            "guides_merged": merged.count(),
            "guides_holes": sum(polygon.holes() for polygon in merged.each()),
            "guides_area_um2": merged.area() * layout.dbu**2,
        },
        file,
    )

if "png" in globals():
    view = pya.LayoutView()
    view.load_layout(input, True)
    view.load_layer_props(lyp)
    view.max_hier()
    view.zoom_fit()
    view.save_image(png, 1600, 1600)
