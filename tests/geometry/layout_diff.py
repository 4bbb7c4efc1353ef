# SPDX-License-Identifier: GPL-3.0-or-later
# Whether two layout files hold the same cells, polygons, texts and properties, by KLayout; JSON into `report`:
#   klayout -b -r layout_diff.py -rd first=layout.gds -rd second=layout.oas -rd report=diff.json
# A rectangle counts as the polygon it is. Layers are compared by number: GDSII has no names for them.
import json
import pya


def read(path):
    layout = pya.Layout()
    layout.read(path)
    names = {}
    for index in layout.layer_indexes():
        info = layout.get_info(index)
        names["%d/%d" % (info.layer, info.datatype)] = info.name
        layout.set_info(index, pya.LayerInfo(info.layer, info.datatype))
    return layout, names


a, _ = read(first)
b, names = read(second)
b.dbu = a.dbu  # KLayout's own value is off by a few ulp
same = pya.LayoutDiff().compare(a, b, pya.LayoutDiff.BoxesAsPolygons | pya.LayoutDiff.Verbose)
with open(report, "w") as file:
    json.dump({"same": same, "layer_names": names, "shapes": sum(1 for i in b.layer_indexes() for s in b.top_cell().shapes(i).each())}, file)
