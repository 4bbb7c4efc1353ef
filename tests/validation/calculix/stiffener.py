# SPDX-License-Identifier: GPL-3.0-or-later
"""A ring of steel on case 9 of docs/facts/thermal.md, in CalculiX (C3D20R): die and underfill join at 220 C, the ring on
its adhesive at 150 C, figures at 25 C. Writes tests/data/calculix_stiffener.json.
  /usr/bin/python3 stiffener.py OUT [--threads 2]"""
import attached
import ccx

CORES = {"glass": (ccx.isotropic(73.6, 0.23), [3.17] * 3), "laminate": (ccx.isotropic(26.0, 0.20), [15.0] * 3)}
HALF_COPPER = (ccx.isotropic(23.7, 0.30), [20.9] * 3)
ADHESIVES = {"stiff": (ccx.isotropic(0.358, 0.47), [136.0] * 3), "soft": (ccx.isotropic(0.005, 0.47), [180.0] * 3)}
STEEL = (ccx.isotropic(193.0, 0.29), [17.3] * 3)
UNDERFILL = (ccx.isotropic(8.0, 0.33), [30.0] * 3)
SILICON = (ccx.isotropic(130.0, 0.28), [2.6] * 3)
OUTER_MM, INNER_MM, ADHESIVE_MM, RING_MM, FILM_MM, CORE_MM = 42.0, 34.0, 0.1, 1.5, 0.2, 1.2
PLACES_MM = {"corner": (45, 45), "edge_middle": (45, 0), "ring_corner": (34, 34), "die_corner": (15, 15)}


def package(core, build_up):
    """Box in the quarter, stiffness, expansion of every body, and the height of the substrate."""
    film = [(FILM_MM, HALF_COPPER)] if build_up else []
    bodies, z, substrate_mm = [], 0.0, CORE_MM + 2 * FILM_MM * bool(build_up)
    for width, layers in ((45, film + [(CORE_MM, CORES[core])] + film), (15, [(0.1, UNDERFILL), (0.775, SILICON)])):
        for thickness, body in layers:
            top = round(z + thickness, 9)
            bodies.append(((0, width, 0, width, z, top), *body))
            z = top
    return bodies, round(substrate_mm, 9)


def ring(adhesive, bottom_mm):
    """Its bars on their adhesive."""
    bodies, middle_mm = [], round(bottom_mm + ADHESIVE_MM, 9)
    for low, high, body in ((bottom_mm, middle_mm, ADHESIVES[adhesive]),
                            (middle_mm, round(middle_mm + RING_MM, 9), STEEL)):
        bodies.append(((INNER_MM, OUTER_MM, 0, OUTER_MM, low, high), *body))
        bodies.append(((0, INNER_MM, INNER_MM, OUTER_MM, low, high), *body))
    return bodies


def solve(case, scale, threads):
    bodies, top_mm = package(case["core"], case["build_up"])
    stops = [(0, None), (15, 0.15), (INNER_MM, 0.2), (OUTER_MM, 0.2), (45, 0.4)]
    return attached.lifts_um(bodies, ring(case["adhesive"], top_mm), stops, (-70.0, -125.0), PLACES_MM.values(), scale,
                             threads)


if __name__ == "__main__":
    attached.write_rows("stiffener.py", [{"core": core, "adhesive": adhesive, "build_up": build_up} for core in CORES
                                         for adhesive in ADHESIVES for build_up in (False, True)], solve, PLACES_MM)
