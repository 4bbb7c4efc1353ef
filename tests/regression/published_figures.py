# SPDX-License-Identifier: GPL-3.0-or-later
"""Published figures that stand beside those of the reference designs, and where each of ours is read from.

Sources in brackets are those of docs/facts/power.md, others stand in thermal.md and optics.md beside it; tags as in the
first: M measured, P paper model, S standard, V vendor, A analyst, N third-party notes, D worked out from tagged figures.
Notes that must not be shipped (A*) are left out.
"""

from collections import namedtuple

# `value` is a number in `unit`, or words. `ours` takes the results of the design and of all designs. `beside` is "ratio"
# or, for decibels and degrees, "difference". `note` says what the published figure counts and why ours differs.
Published = namedtuple("Published", "figure value unit ours beside source tag note")


def term_dB(results, names):
    """Sum of the worst lane's losses of these names."""
    terms = results["link"]["to_launch"]
    return sum(term["loss_dB"] for term in terms if term["name"] in names)


def optics(results):
    return results["power"]["alternatives"][0]


def optics_W(results):
    return optics(results)["optics_W"] + optics(results)["laser_W"]


def engines_C(results):
    return [engine["max_C"] for engine in results["temperature"]["engines"]]


def channel_dB(results):
    return max(engine["insertion_loss_dB"] for engine in results["electrical"]["engines"])


def per_800G(results, all_results):
    return optics_W(results) / 128


def per_1600G(results, all_results):
    return optics_W(results) / 64


def swing_um(results):
    warpage = results["mechanics"]["warpage_um"]
    return abs(warpage["reflow"] - warpage["room"])


def stage(results, name):
    return next(stage for stage in results["escape"]["stages"] if stage["name"] == name)


def ferrules(results):
    return round(stage(results, "connector edge")["used"] / 8.5)


def engine_edge_Tbps_per_mm(results, all_results):
    """An engine's bandwidth over its face; without spares."""
    engines = len(results["temperature"]["engines"])
    return results["escape"]["per_direction_Tbps"] / engines / stage(results, "optical ports")["available"]


def guide_way_dB(results, all_results):
    guide = ["transmit propagation", "transmit bends", "transmit joints", "transmit crossings"]
    return term_dB(results, ["edge out", "coupling out"] + guide)


LASERS = ("the published laser is counted at its module's rating, ours at the light that the worst lane needs: "
          "see the laser row of the table above")

CHANNEL = Published(
    "die to engine, electrical loss", 4.0, "dB", lambda r, a: channel_dB(r), "difference", "NVIDIA [10][18], Lambda [12]",
    "V", "Which lane and frequency is not said. Ours is the longest lane at 53 GHz, bump fields included; it follows from "
    "the assumed distance of engine and die.")

PAPER_BOW = Published(
    "bow from 180 to 25 C", "35 to 41", "um", lambda r, a: abs(r["mechanics"]["warpage_um"]["room"]), "", "Cao, TCPMT "
    "14(11) 2024", "P", "Another body: 200 x 200 mm with sockets, bolted down with 400 N. Ours is free, as are the cores "
    "and the build-up assumed, and an elastic plate reads high (docs/models.md).")

PUBLISHED = {
    "102t-davisson-like": [
        Published("optics with lasers, per 800G", 3.5, "W", per_800G, "ratio", "Broadcom [15]", "V",
                  "Boundary of lasers and temperature not stated. The engines' 2.5 pJ/bit were derived from this figure "
                  "and 12 W a laser module, so only the lasers are independent: " + LASERS + "."),
        Published("optics with lasers, per 1.6T port", 9.0, "W", per_1600G, "ratio", "trade press, facts/thermal.md 3",
                  "V", "The same sentence as NVIDIA's 30 to 9 W; it contradicts Broadcom's 7 W per 1.6T. Both are kept."),
        Published("the generation before (Bailly), per 800G", 5.4, "W", per_800G, "ratio", "Meta [11], ECOC 2025", "M",
                  "100G lanes on four wavelengths at 40 C ambient: half the bits a lane, so more watts a bit are expected."),
        Published("optics saved against pluggables", 0.70, "", lambda r, a: r["power"]["optics_saving_vs_pluggable"],
                  "ratio", "Broadcom [3]", "V", "Broadcom's pluggable is 12.25 W per 800G by its own ratio of 3.5; ours is "
                  "a 26 W module of 1.6T, which draws more, and our lasers draw less."),
        CHANNEL,
        Published("switch die, hottest", 97.3, "C", lambda r, a: r["temperature"]["asic_max_C"], "difference",
                  "Front. Optoelectron. 2025", "M", "51.2T under liquid; coolant and power map are not in what was read. "
                  "Ours: 1,000 W over nine dies at 35 C coolant, without contact resistance of the cold plate."),
        Published("engines, hottest", 31.3, "C", lambda r, a: max(engines_C(r)), "difference", "Front. Optoelectron. 2025",
                  "M", "The same box. Below our coolant's 35 C, so its coolant is colder. Its die is hotter all the same: "
                  "there engines are likely cooled apart from the die, ours share its lid."),
        Published("hottest less coolest engine", "1.2 to 2.4", "K", lambda r, a: max(engines_C(r)) - min(engines_C(r)),
                  "", "Front. Optoelectron. 2025", "M", "Ours stand on the die's lid, nearer to it or farther from it."),
    ],
    "102t-spectrumx-like": [
        Published("optics with lasers, per 1.6T", 9.0, "W", per_1600G, "ratio", "NVIDIA [5], read per 1.6T", "V",
                  "Read per 800G it would be twice that (facts/power.md 1.2). The engines' 3.75 pJ/bit were derived from "
                  "9 W less 3 W of lasers, so again only the lasers are independent: " + LASERS + "."),
        Published("engine and lasers, per 800G", 4.5, "W", per_800G, "ratio", "SemiAnalysis [7], 4 to 5 W, of Q3450", "A",
                  "An estimate for the InfiniBand box of the same engines, at rated lasers."),
        Published("optics saved against pluggables", 0.70, "", lambda r, a: r["power"]["optics_saving_vs_pluggable"],
                  "ratio", "NVIDIA [5], 30 to 9 W", "V", "Ours is against 26 W per 1.6T instead of 30 W."),
        Published("optics saved against pluggables", 0.727, "", lambda r, a: r["power"]["optics_saving_vs_pluggable"],
                  "ratio", "SemiAnalysis [7], 16.5 to 4.5 W", "A",
                  "The analyst's pluggable is 16 to 17 W per 800G, ours 13."),
        Published("light of a laser", 24.5, "dBm", lambda r, a: r["link"]["laser_power_dBm"], "difference",
                  "Tan et al., waterfall reused by [7]", "A", "A rating against a need. With the losses of facts/power.md 4 "
                  "it launches 2.7 dB more than 200G DR allows; ours is set to what its worst lane needs, reserves "
                  "included."),
        Published("a laser module", 12.0, "W", lambda r, a: optics(r)["laser_W"] / 16, "ratio", "Lumentum ELSFP", "V",
                  "At 8 x 24 dBm. Ours gives less light and keeps 3.6 W whatever it gives."),
        CHANNEL,
    ],
    "102t-glass": [
        Published("fibre to engine through the glass", 2.0, "dB", guide_way_dB, "difference", "Brusberg OFC 2026 Th3C.2",
                  "M, N", "Connector, guide and transfer. Transfer (1.0) and the connector's alignment are inputs taken "
                  "from the same group's parts, the guide and the mode mismatch are solved."),
        Published("fibre to guide, mode mismatch", 0.3, "dB", lambda r, a: r["waveguide"]["fibre_coupling_loss_dB"],
                  "difference", "Brusberg OFC 2025 Th3H.1; ECTC 2023", "M",
                  "Solved from the recipe, which was not published: recipe A0 was chosen to lie near these guides."),
        Published("glass between connector and engine", 0.26, "dB", lambda r, a: r["routing"]["loss_dB"]["mean"],
                  "difference", "Brusberg OFC 2025 Th3H.1", "M, D",
                  "Their fan-out is 12.5 mm with bends of 13.7 mm, our routes are twice as long with gentler bends."),
        Published("smallest radius at 0.02 dB/cm of bend loss", 13.7, "mm",
                  lambda r, a: r["waveguide"]["min_bend_radius_mm"], "ratio", "Brusberg OFC 2025 Th3H.1", "M",
                  "They drew 13.7 mm and measured 0.015 to 0.019 dB/cm there; ours is where the budget is just used up. "
                  "The layout needs more: see `routing.min_radius_mm`."),
        Published("pitch of the guides", 30, "um", lambda r, a: r["waveguide"]["min_pitch_um"], "ratio",
                  "GlassBridge [30][31], 30 um or more", "V", "The product's rule; ours is the pitch with -40 dB of "
                  "crosstalk over 20 mm. The design stays at 50 um."),
        Published("ferrules for 102.4T on four wavelengths", 16, "", lambda r, a: ferrules(r), "ratio",
                  "ECTC 2023, four a side", "P", "Sixteen ferrules hold the 256 data fibres; ours hold the 128 fibres of "
                  "the lasers too."),
        CHANNEL._replace(value=2.6, source="Yeary, ECTC 2023, stripline at 26 GHz", tag="P", note="Simulated at half of "
                         "our Nyquist frequency, a line alone. Ours is the longest lane at 53 GHz with both bump fields."),
        Published("optics with lasers", 5.0, "pJ/bit", lambda r, a: optics(r)["optics_pJ_per_bit"], "ratio",
                  "OIF EEI requirements RD-01.0", "S", "A target; some operators ask for 3. Ours rests on an assumed 2.5 "
                  "pJ/bit of the engine."),
        Published("edge density of an engine", 0.14, "Tb/s/mm", engine_edge_Tbps_per_mm, "ratio",
                  "OIF 3.2T module IA [35]", "S", "One direction over the face of a module with 112G lanes, about 23 mm for "
                  "3.2T; ours is the assumed "
                  "10 mm of a 6.4T engine."),
        Published("die shoreline of 224G SerDes", 0.67, "Tb/s/mm", lambda r, a: r["escape"]["die_shoreline_Tbps_per_mm"],
                  "ratio", "MediaTek, 350 um", "V", "What a SerDes can give on its edge; ours is what the package uses, "
                  "over the 160 mm around all dies. Whether MediaTek counts one direction is not said. SemiAnalysis has "
                  "0.4."),
    ],
    "102t-glass-sheet": [
        Published("fibre to guide, mode mismatch", 0.3, "dB", lambda r, a: r["waveguide"]["fibre_coupling_loss_dB"],
                  "difference", "Brusberg OFC 2025 Th3H.1", "M", "As C: the recipe is the same, the glass D263T."),
    ],
    "102t-glass-dr": [
        Published("fibre to engine through the glass", 2.0, "dB", guide_way_dB, "difference", "Brusberg OFC 2026 Th3C.2",
                  "M, N", "As C, with routes of another length to 72 ferrules on a larger package."),
        Published("edge taken by 1,152 fibres at 1.2 a mm", 960, "mm", lambda r, a: stage(r, "connector edge")["used"],
                  "ratio", "Furukawa M4J.2, 1.2 ch/mm", "M, D",
                  "Furukawa's density was shown with reflow connectors; MT ferrules at 8.5 mm hold 1.9 a mm."),
    ],
    "102t-glass-dr-110": [
        Published("edge that 72 ferrules ask for", 461, "mm", lambda r, a: r["violations"][0]["required"], "ratio",
                  "facts/power.md table (a), D1", "D", "Bodies of 6.4 mm shoulder to shoulder; ours stand at the published "
                  "8.5 mm. Either is more than the 440 mm there are: no layout, with both readings."),
    ],
    "102t-organic-705g": [
        PAPER_BOW,
        Published("optics with lasers, per 800G", 4.5, "W", per_800G, "ratio", "SemiAnalysis [7], 4 to 5 W", "A",
                  "Its engines are B's, ours are those of C with 2.5 pJ/bit instead of 3.75; lasers as under B."),
        CHANNEL,
    ],
    "102t-organic-795g": [PAPER_BOW],
    "102t-organic-bt": [PAPER_BOW],
    "102t-glass-fibre": [
        Published("warpage from reflow to room, against 705G", "less", "", lambda r, a: swing_um(r) /
                  swing_um(a["102t-organic-705g"]), "", "Sony, ICEP 2024", "abstract",
                  "Sony finds less change on glass than on a low-expansion organic core and gives no numbers. Ours is "
                  "more against this core: an alkali glass of high expansion, which Sony's need not be."),
        Published("warpage from reflow to room, against 795G", "less", "", lambda r, a: swing_um(r) /
                  swing_um(a["102t-organic-795g"]), "", "Sony, ICEP 2024", "abstract",
                  "Against this core ours agrees in sign."),
    ],
}
