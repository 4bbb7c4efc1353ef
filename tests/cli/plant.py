# SPDX-License-Identifier: GPL-3.0-or-later
# A copy of a layout with violations of layout.drc planted in it:
#   klayout -b -r plant.py -rd input=layout.gds -rd output=planted.gds -rd what=slit,die,close
#   slit    a guide loses the first of its polygons, so its rest has no name
#   die     a square of guide inside the first die, with a name of its own
#   close   a square with a name 5 um from the longest straight guide
import pya

layout = pya.Layout()
layout.read(input)
cell = layout.top_cell()
guides = cell.shapes(layout.layer(10, 0))
names = cell.shapes(layout.layer(51, 0))


def add(box, name):
    guides.insert(box)
    names.insert(pya.Text(name, box.center().x, box.center().y))


for planted in what.split(","):
    shapes = sorted((s for s in guides.each()), key=lambda s: (s.property(1) or "", s.bbox().left, s.bbox().bottom))
    if planted == "slit":
        first = shapes[0].property(1)
        place = next(t.bbox() for t in names.each() if t.text_string == first)
        guides.erase(next(s for s in shapes if s.property(1) == first and s.bbox().touches(place)))
    elif planted == "die":
        die = next(s for s in cell.shapes(layout.layer(2, 0)).each()).bbox()
        add(pya.Box(die.center().x - 5000, die.center().y - 5000, die.center().x + 5000, die.center().y + 5000), "in die")
    elif planted == "close":
        longest = max(shapes, key=lambda s: s.bbox().height() if s.is_box() else 0).bbox()
        x, y = longest.left - 5000, longest.center().y
        add(pya.Box(x - 3000, y - 1000, x, y + 1000), "close")
    else:
        raise ValueError(planted)
layout.write(output)
