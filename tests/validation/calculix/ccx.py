# SPDX-License-Identifier: GPL-3.0-or-later
"""A thermo-elastic quarter model as a CalculiX deck, a run of it, and what it printed."""
import os
import re
import subprocess
import tempfile
import time

import numpy as np

SOLVERS = {"spooles": "SPOOLES", "cholesky": "ITERATIVE CHOLESKY", "scaling": "ITERATIVE SCALING"}


def isotropic(E_GPa, nu):
    G = float(f"{E_GPa / (2.0 * (1.0 + nu)):.10g}")
    return {"E_GPa": [E_GPa] * 3, "nu": [nu] * 3, "G_GPa": [G] * 3}


def _lines(stream, numbers, per_line=12):
    numbers = [str(n) for n in numbers]
    for i in range(0, len(numbers), per_line):
        stream.write(",".join(numbers[i:i + per_line]) + "\n")


def write_deck(stream, mesh, element, materials, expansion_per_K, temperature_K, stress_bodies, solver="spooles"):
    """`materials` and `expansion_per_K` (three axes) per body; `temperature_K` is the rise over the stress-free state,
    one number or one per node. x = 0 and y = 0 are planes of symmetry if the mesh starts there."""
    stream.write("*NODE, NSET=ALL\n")
    rows = zip(range(1, len(mesh.nodes_mm) + 1), mesh.nodes_mm)
    stream.writelines(f"{n},{p[0]:.10g},{p[1]:.10g},{p[2]:.10g}\n" for n, p in rows)
    for body in np.unique(mesh.body):
        stream.write(f"*ELEMENT, TYPE={element}, ELSET=B{body}\n")
        for e in np.flatnonzero(mesh.body == body):
            nodes = [str(n + 1) for n in mesh.elements[e]]
            head, tail = nodes[:10], nodes[10:]
            stream.write(f"{e + 1}," + ",".join(head) + (",\n" + ",".join(tail) if tail else "") + "\n")
        m, a = materials[body], expansion_per_K[body]
        E, nu, G = [1e3 * v for v in m["E_GPa"]], m["nu"], [1e3 * v for v in m["G_GPa"]]
        stream.write(f"*MATERIAL, NAME=M{body}\n*ELASTIC, TYPE=ENGINEERING CONSTANTS\n")
        stream.write(",".join(f"{v:.10g}" for v in (*E, *nu, G[0], G[1])) + f"\n{G[2]:.10g}\n")
        stream.write("*EXPANSION, TYPE=ORTHO\n" + ",".join(f"{v:.10g}" for v in a) + "\n")
        stream.write(f"*SOLID SECTION, ELSET=B{body}, MATERIAL=M{body}\n")
    supports = [(1, np.flatnonzero(mesh.nodes_mm[:, 0] == 0.0)), (2, np.flatnonzero(mesh.nodes_mm[:, 1] == 0.0)),
                (3, [mesh.node_at(0.0, 0.0, mesh.nodes_mm[:, 2].min())])]
    for axis, nodes in supports:
        stream.write(f"*NSET, NSET=FIX{axis}\n")
        _lines(stream, np.asarray(nodes) + 1)
    stream.write("*BOUNDARY\n" + "".join(f"FIX{a},{a},{a}\n" for a in (1, 2, 3)))
    stream.write("*INITIAL CONDITIONS, TYPE=TEMPERATURE\nALL,0.\n")
    stream.write(f"*STEP\n*STATIC, SOLVER={SOLVERS[solver]}\n*TEMPERATURE\n")
    if np.ndim(temperature_K) == 0:
        stream.write(f"ALL,{temperature_K:.10g}\n")
    else:
        stream.writelines(f"{n + 1},{t:.10g}\n" for n, t in enumerate(temperature_K))
    stream.write("*NODE PRINT, NSET=ALL\nU\n")
    for body in stress_bodies:
        stream.write(f"*EL PRINT, ELSET=B{body}\nS\n")
    stream.write("*END STEP\n")


def read_dat(path, nodes, elements, points):
    """Displacements (nodes, 3) and stresses (elements, integration points, 6: xx yy zz xy xz yz), NaN where the deck
    did not ask for them."""
    displacement = np.full((nodes, 3), np.nan)
    stress = np.full((elements, points, 6), np.nan)
    with open(path) as f:
        blocks = re.split(r"\n\s*\n(?=\s*(?:displacements|stresses))", f.read())
    for block in blocks:
        block = block.strip()
        if not block.startswith(("displacements", "stresses")):
            continue
        body = block.split("\n", 1)[1]
        # A field of three digits' exponent loses its letter; none of these magnitudes can have one.
        values = np.array(body.split(), float)
        if block.startswith("displacements"):
            rows = values.reshape(-1, 4)
            displacement[rows[:, 0].astype(int) - 1] = rows[:, 1:]
        else:
            rows = values.reshape(-1, 8)
            stress[rows[:, 0].astype(int) - 1, rows[:, 1].astype(int) - 1] = rows[:, 2:]
    if np.isnan(displacement).any():
        raise RuntimeError("CalculiX printed no displacement for some nodes")
    return displacement, stress


class Run:
    """One solved deck: displacement_mm, stress_MPa, and what it cost."""


def solve(mesh, element, materials, expansion_per_K, temperature_K, stress_bodies=(), solver="spooles", threads=1,
          folder=None):
    with tempfile.TemporaryDirectory(dir=folder) as work:
        deck = os.path.join(work, "model.inp")
        begin = time.monotonic()
        with open(deck, "w") as f:
            write_deck(f, mesh, element, materials, expansion_per_K, temperature_K, stress_bodies, solver)
        run = Run()
        run.write_s = time.monotonic() - begin
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), CCX_NPROC_RESULTS=str(threads),
                           CCX_NPROC_STIFFNESS=str(threads), CCX_NPROC_EQUATION_SOLVER=str(threads))
        run.element, run.solver, run.threads = element, solver, threads
        _call(work, environment, run)
        begin = time.monotonic()
        points = {"C3D20R": 8, "C3D8I": 8, "C3D20": 27}[element]
        run.displacement_mm, run.stress_MPa = read_dat(os.path.join(work, "model.dat"), len(mesh.nodes_mm),
                                                       len(mesh.cells), points)
        run.read_s = time.monotonic() - begin
    return run


def _call(work, environment, run):
    """Runs ccx. The equation solver's part is from its own announcement to that of the stress calculation."""
    begin = time.monotonic()
    solver_from = solver_to = None
    log = []
    process = subprocess.Popen(["stdbuf", "-oL", "ccx", "model"], cwd=work, env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        log.append(line)
        now = time.monotonic()
        if "Factoring the system" in line or "iterative" in line.lower() or "preconditioning" in line.lower():
            solver_from = solver_from or now
        if "for the stress calculation" in line and solver_from and not solver_to:
            solver_to = now
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    run.wall_s = time.monotonic() - begin
    text = "".join(log)
    if process.returncode != 0 or "*ERROR" in text:
        raise RuntimeError("ccx failed:\n" + text[-2000:])
    run.solver_s = solver_to - solver_from if solver_from and solver_to else None
    run.equations = int(re.search(r"number of equations\s+(\d+)", text).group(1))
    run.peak_GB, run.user_s = usage.ru_maxrss / 1048576.0, usage.ru_utime
    run.log = text
