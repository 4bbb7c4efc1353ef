# SPDX-License-Identifier: GPL-3.0-or-later
# Compares the shapes of a DXF file with those of a GDSII file, by KLayout; JSON into `report`:
#   klayout -b -r dxf_against_gds.py -rd gds=layout.gds -rd dxf=layout.dxf -rd report=difference.json
# For each layer the area where the two differ by more than 25 nm across.
import json
import pya

thickness_dbu = 25

a = pya.Layout()
a.read(gds)
options = pya.LoadLayoutOptions()
options.dxf_unit = 1000.0  # um in a unit of the file
options.dxf_circle_points = 5000  # 3 nm of sagitta at a radius of 14 mm
options.dxf_polyline_mode = 3  # closed polylines are polygons
b = pya.Layout()
b.read(dxf, options)

by_name = {b.get_info(index).name: index for index in b.layer_indexes()}
pairs = {
    (1, 0): "package_outline", (2, 0): "die", (3, 0): "engine", (10, 0): "guide_mask_opening__layer_1",
    (10, 1): "guide_mask_opening__layer_2", (20, 0): "keep-out", (30, 0): "connector_landing",
}
difference = {}
guides = 0
for (layer, datatype), name in pairs.items():
    first = pya.Region(a.top_cell().begin_shapes_rec(a.layer(layer, datatype)))
    second = pya.Region(b.top_cell().begin_shapes_rec(by_name[name]))
    assert not first.is_empty() and not second.is_empty(), name
    if layer == 10:
        guides += second.count()
    half = thickness_dbu // 2
    difference[name] = (first ^ second).sized(-half).area() * a.dbu**2
texts = sum(1 for index in b.layer_indexes() for s in b.top_cell().shapes(index).each() if s.is_text())
with open(report, "w") as file:
    json.dump({"thick_difference_um2": difference, "guides": guides, "texts": texts}, file)
