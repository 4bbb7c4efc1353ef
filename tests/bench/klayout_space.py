# SPDX-License-Identifier: GPL-3.0-or-later
# KLayout's own spacing check of a written layout, timed inside KLayout so that its start does not count:
#   klayout -b -r tests/bench/klayout_space.py -rd gds=FILE -rd pitch_um=27.5 -rd width_um=2
import time

import pya

layout = pya.Layout()
started = time.process_time()
layout.read(gds)
read = time.process_time()
# Corners are off the curve by up to 10 nm and the 1 nm grid, on either guide.
limit = round((float(pitch_um) - float(width_um)) / layout.dbu) - 25
guides = pya.Region(layout.top_cell().begin_shapes_rec(layout.layer(10, 0)))
guides.merge()
merged = time.process_time()
# Edge by edge: by polygons the check compares all whose long slanted boxes overlap, which takes minutes.
edges = guides.edges()
found = edges.space_check(limit, False, pya.Edges.Euclidian).count()
checked = time.process_time()
planted = edges.space_check(limit + 100, False, pya.Edges.Euclidian).count()
print(f"guides {guides.count()} read_s {read - started:.3f} merge_s {merged - read:.3f} check_s {checked - merged:.3f} "
      f"violations {found} with_100_nm_more {planted}")
