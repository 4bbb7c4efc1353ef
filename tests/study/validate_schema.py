#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates the designs with the JSON Schema that the program prints, and sees that it rejects broken ones.

Usage: validate_schema.py PROGRAM SOURCE_DIR, where `PROGRAM schema --of KIND` prints a schema.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 scalars: 1e-3 is a number, on and off are texts."""


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), ["t", "f"])
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
# PyYAML's own converter for floats takes YAML 1.1 spellings; every match of the pattern above is Python's too.
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def load(path):
    with open(path, encoding="utf-8") as stream:
        return yaml.load(stream, Loader)


def validator(program, kind):
    text = subprocess.run([program, "schema", "--of", kind], check=True, capture_output=True, text=True).stdout
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def put(tree, path, value):
    """Sets tree[path[0]][path[1]]...; a value of None removes the key."""
    for step in path[:-1]:
        tree = tree[step]
    if value is None:
        del tree[path[-1]]
    else:
        tree[path[-1]] = value


BROKEN = [
    (["engines", "cuont"], 16),
    (["engines", "count"], None),
    (["engines", "count"], 1.5),
    (["engines", "count"], "16"),
    (["substrate", "width_mm"], -5),
    (["substrate", "width_mm"], 601),
    (["substrate", "height_mm"], None),
    (["cooling"], None),
    (["connectors", "ferrule"], {"fibres": 16}),
    (["switch", "modulation"], "pam5"),
    (["asic", "dies"], []),
    (["asic", "dies", 0, "colour"], "red"),
    (["asic", "material"], {"use": "silicon", "colour": "grey"}),
    (["asic", "material"], {"youngs_modulus_GPa": 130}),
    (["engines", "placement", "sides"], ["N", "N"]),
    (["engines", "depth_mm"], 0),
    (["waveguides", "recipe"], None),
    (["waveguides", "profile"], {"kind": "table", "file": "a.csv"}),
    (["waveguides", "wavelength_um"], []),
    (["waveguides", "rules", "min_pitch_um"], "automatic"),
    (["fibre_attach"], {}),
    (["connectors"], None),
    (["fidelity"], {"geometry": "full"}),
    (["fidelity"], {"optics": "exact"}),
    (["fidelity"], {"thermal": "exact"}),
    (["waveguides", "recipe"], {"use": "iox-thermal-a", "sides": 3}),
    (["waveguides", "recipe"], {"use": "iox-thermal-a", "mask": "glass"}),
    (["waveguides", "recipe"], {"use": "iox-thermal-a", "steps": [
        {"kind": "exchange", "temperature_C": 300, "time_min": -1}]}),
    (["waveguides", "recipe"], {"use": "iox-thermal-a", "steps": [
        {"kind": "exchange", "temperature_C": 300, "time_min": 1, "bias_V": 3, "field_V_per_um": 0.1}]}),
    (["waveguides", "fibre"], {"mode_field_diameter_um": -9}),
    (["waveguides", "stress_MPa"], {"xz": 3}),
]

STILL_GOOD = [
    (["asic", "material"], {"use": "silicon", "cte_ppm_per_K": 3.0}),
    (["waveguides", "wavelength_um"], [1.31, 1.33]),
    (["waveguides", "rules", "min_pitch_um"], 50),
    (["waveguides", "glass"], {"use": "n-bk7", "diffusion": {"min_C": 200}}),
    (["waveguides", "glass"], {"use": "n-bk7", "ions": {"thallium": {
        "D0_m2_per_s": 1e-7, "activation_energy_kJ_per_mol": 100, "min_C": 400, "max_C": 500,
        "sodium": {"D0_m2_per_s": 1e-6, "activation_energy_kJ_per_mol": 95}, "melt": {"K": 10, "n": 2}}}}),
    (["waveguides", "recipe"], {"use": "iox-thermal-a", "mask": "metal", "glass_thickness_mm": 1, "steps": [
        {"kind": "exchange", "temperature_C": 300, "time_min": 20, "surface_fraction": 0.5},
        {"kind": "diffusion", "temperature_C": 300, "time_min": 5, "bias_V": 60, "mask": "insulating"}]}),
    (["waveguides", "stress_MPa"], {"xx": -20}),
    (["fidelity"], {"optics": "full"}),
    (["fidelity"], {"thermal": "full"}),
    (["operation"], None),
]


def main(program, source):
    designs = pathlib.Path(source) / "designs"
    failures = []
    for kind, folder in [("design", "reference"), ("library", "library"), ("sweep", "sweeps")]:
        check = validator(program, kind)
        files = sorted((designs / folder).glob("*.yaml"))
        if not files:
            failures.append(f"{folder}: no files")
        for path in files:
            try:
                tree = load(path)
            except yaml.YAMLError as error:
                failures.append(f"{path}: {error}")
                continue
            failures += [f"{path}: {error.json_path}: {error.message}" for error in check.iter_errors(tree)]

    check = validator(program, "design")
    good = load(designs / "reference" / "102t-glass.yaml")
    for path, value in BROKEN + STILL_GOOD:
        changed = copy.deepcopy(good)
        put(changed, path, value)
        wanted = (path, value) in STILL_GOOD
        if check.is_valid(changed) != wanted:
            failures.append(f"{'.'.join(map(str, path))} = {value!r} is {'rejected' if wanted else 'accepted'}")

    guide = {"background_index": 1.5, "profile": {"kind": "gaussian", "delta_n": 0.01, "half_width_x_um": 4,
                                                 "half_width_y_um": 3}}
    check = validator(program, "waveguide")
    if not check.is_valid(guide):
        failures.append("a Gaussian waveguide is rejected")
    guide["profile"]["core_index"] = 1.51
    if check.is_valid(guide):
        failures.append("a key of another kind of profile is accepted")

    print("\n".join(failures) or "every schema accepts the designs and rejects the broken ones")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
