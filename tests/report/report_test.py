# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reader finds in the reports: Chromium opens them without a network, clicks, types and prints.

    report_test.py PROGRAM SOURCE     77: python3-websocket is not installed
"""
import contextlib
import csv
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

try:
    from browser import Browser
except ImportError:
    sys.exit(77)

PROGRAM, SOURCE = (os.path.realpath(argument) for argument in sys.argv[1:3])
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
DESIGN = os.path.join(SOURCE, "designs/reference/102t-glass.yaml")
EVIL = "</script><img src=x onerror=hacked=1><!--"
MOST_BYTES = 5_000_000


def run(*arguments):
    """Infeasible designs (1) are results too."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


# Of every text that is shown, outside the drawing of a layout: the least contrast (WCAG 2) against what lies behind it.
LEAST_CONTRAST = """(() => {
  const probe = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const parts = (colour) => { probe.clearRect(0, 0, 1, 1); probe.fillStyle = colour; probe.fillRect(0, 0, 1, 1); return probe.getImageData(0, 0, 1, 1).data; };
  const light = (colour) => { const [r, g, b] = [...parts(colour)].slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parts(c)[3] > 0) return c; } return "white"; };
  let least = [99, ""];
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join("");
    if (!text || !e.getClientRects().length || e.disabled || e.closest("script, noscript, .layout-view")) continue;
    const drawn = e instanceof SVGElement, [a, b] = [light(getComputedStyle(e)[drawn ? "fill" : "color"]), light(behind(e))].sort((a, b) => b - a);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < least[0]) least = [contrast, text.slice(0, 40), getComputedStyle(e)[drawn ? "fill" : "color"], behind(e)];
  }
  return least;
})()"""


def data_of(file):
    with open(file, encoding="utf-8") as page:
        return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page.read(), re.S).group(1))


class Page(unittest.TestCase):
    """A page that every test of a class shares."""
    file = None
    width = 1400

    @classmethod
    def setUpClass(cls):
        cls.make()
        cls.page = Browser(CHROMIUM, cls.width, 1000).__enter__()
        cls.page.open(cls.file)

    @classmethod
    def tearDownClass(cls):
        cls.page.__exit__()

    def tearDown(self):
        self.assertEqual(self.page.faults, [])
        self.assertEqual(self.page.requests, [])

    def view(self):
        return [float(part) for part in self.page.run("document.querySelector('.layout-view > svg').getAttribute('viewBox')").split()]

    def told(self):
        return self.page.run("document.querySelector('.layout-side [aria-live]').textContent")

    def check_sound(self):
        self.assertLess(os.path.getsize(self.file), MOST_BYTES)
        run_ = self.page.run
        self.assertGreater(run_("document.querySelectorAll('.chart').length"), 3)
        self.assertEqual(run_("[...document.querySelectorAll('.chart')].filter(c => c.clientWidth && !c.querySelector('svg, canvas')).length"), 0)
        self.assertEqual(run_("[...document.querySelectorAll('.chart')].filter(c => !c.getAttribute('aria-label')).length"), 0)
        self.assertEqual(run_("[...document.querySelectorAll('table')].filter(t => !t.caption || !t.caption.textContent).length"), 0)
        self.assertEqual(run_("[...document.querySelectorAll('button')].filter(b => !b.textContent.trim() && !b.ariaLabel).length"), 0)
        self.assertLessEqual(run_("document.documentElement.scrollWidth"), self.width)
        self.assertEqual(run_("/NaN|undefined|Infinity/.test(document.body.innerText)"), False)

    def check_dark(self):
        """Dark where the reader's system is, light again after it, and on paper always."""
        behind, chart_text = "getComputedStyle(document.body).backgroundColor", "getComputedStyle(document.querySelector('.chart svg text')).fill"
        light, dark, ink, pale = "rgb(255, 255, 255)", "rgb(18, 25, 30)", "rgb(29, 39, 48)", "rgb(228, 234, 238)"
        def looks():
            return self.page.run(behind), self.page.run(chart_text)
        self.assertEqual(looks(), (light, ink))
        self.assertGreater(self.page.run(LEAST_CONTRAST)[0], 4.5, self.page.run(LEAST_CONTRAST))
        self.page.prefer("dark")
        try:
            self.assertEqual(looks(), (dark, pale))
            self.assertGreater(self.page.run(LEAST_CONTRAST)[0], 4.5, self.page.run(LEAST_CONTRAST))
            self.page.run("window.addEventListener('beforeprint', () => { window.printed = [%s, matchMedia('print').matches, %s]; }, {once: true})" % (chart_text, behind))
            self.page.pdf()
            self.assertEqual(self.page.run("window.printed[0]"), ink)
            self.page.settle()
            self.assertEqual(looks(), (dark, pale))
            self.page.call("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
            self.assertEqual(self.page.run(behind), light)
        finally:
            self.page.prefer("light")
        self.assertEqual(looks(), (light, ink))

    def check_prints(self, least_pages):
        pdf = self.page.pdf()
        self.assertGreater(len(pdf), 50_000)
        self.assertGreaterEqual(len(re.findall(rb"/Type\s*/Page\b", pdf)), least_pages)


class SolvedDesign(Page):
    @classmethod
    def make(cls):
        run("solve", DESIGN, "-o", "solved")
        cls.file = "solved/report.html"
        with open("solved/routes.csv", newline="") as table:
            cls.routes = {row["net"]: row for row in csv.DictReader(table)}
        with open("solved/results.json") as results:
            cls.results = json.load(results)

    def test_is_dark_where_the_reader_asks_but_not_on_paper(self):
        self.check_dark()

    def test_is_one_sound_page(self):
        self.check_sound()
        self.assertEqual(self.page.run("document.title"), "102t-glass - beachfront")

    def test_holds_the_results(self):
        self.assertEqual(data_of(self.file)["results"], self.results)

    def test_headline_figures_stand_with_their_intervals_and_causes(self):
        for figure in self.results["uncertainty"]["figures"]:
            if not figure["causes"]:
                continue
            row = self.page.run("[...document.querySelectorAll('#figures tr')].map(r => r.textContent).find(t => t.startsWith(%s))" % json.dumps(figure["name"]))
            self.assertIsNotNone(row, figure["name"])
            self.assertIn("%s %.0f %%" % (figure["causes"][0]["input"], 100 * figure["causes"][0]["share"]), row)

    def test_worst_lanes_ledger_ends_at_its_margin(self):
        worst, link = data_of(self.file)["link"]["worst"], self.results["link"]
        def lost(part):
            return sum(term["loss_dB"] for term in link[part])
        self.assertAlmostEqual(worst["laser_limit_dBm"] - lost("to_launch"), worst["launch_average_dBm"], 9)
        self.assertAlmostEqual(worst["launch_average_dBm"] - lost("to_receiver"), worst["received_average_dBm"], 9)
        self.assertAlmostEqual(worst["received_oma_dBm"] - lost("penalties") - worst["sensitivity_oma_dBm"], worst["receive_margin_dB"], 9)
        self.assertAlmostEqual(min(worst["launch_margin_dB"], worst["receive_margin_dB"]), link["worst_margin_dB"], 9)
        self.assertAlmostEqual(min(lane[1] for lane in data_of(self.file)["link"]["lanes"]), link["worst_margin_dB"], 9)

    def test_corner_of_the_map_is_the_warpage(self):
        for state in data_of(self.file)["deflection"]["states"]:
            side = len(data_of(self.file)["deflection"]["x_mm"])
            corners = [state["um"][i] for i in (0, side - 1, side * (side - 1), side * side - 1)]
            self.assertAlmostEqual(max(corners, key=abs), self.results["mechanics"]["warpage_um"][state["name"]], 2)

    def test_guide_under_the_mouse_and_after_a_click_tells_its_figures(self):
        self.page.run("document.querySelector('.layout-view').scrollIntoView({block: 'center'})")
        self.page.key("Escape")
        x, y = self.page.run("(() => { const p = document.querySelector('path.guide.laser'), q = p.getPointAtLength(p.getTotalLength() / 2).matrixTransform(p.getScreenCTM()); return [q.x, q.y]; })()")
        self.page.mouse("mouseMoved", x, y)
        self.page.settle()
        hovered = re.match(r"Guide: (\S+?)figure", self.told())
        self.assertIn(hovered.group(1), self.routes)
        self.page.click_at(x, y)
        net = re.match(r"(?:Chosen g|G)uide: (\S+?)figure", self.told()).group(1)
        route = self.routes[net]
        self.assertEqual(route["kind"], "laser")
        self.assertIn("length, mm%.4g" % float(route["length_mm"]), self.told())
        self.assertIn("loss, dB%.4g" % float(route["loss_dB"]), self.told())
        self.assertTrue(self.page.run("document.querySelector('.selected').getAttribute('d').length > 10"))

    def test_layers_come_and_go(self):
        count = self.page.run("document.querySelectorAll('path.guide.tx').length")
        self.assertEqual(count, sum(row["kind"] == "tx" for row in self.routes.values()))
        hidden = "[...document.querySelectorAll('path.guide.tx')].filter(p => getComputedStyle(p).display === 'none').length"
        self.page.click("input[data-layer=tx]")
        self.assertEqual(self.page.run(hidden), count)
        self.page.click("input[data-layer=tx]")
        self.assertEqual(self.page.run(hidden), 0)

    def test_keys_pan_zoom_and_choose(self):
        self.page.run("document.querySelector('.layout-view > svg').focus()")
        self.page.key("0")
        home = self.view()
        self.page.key("+")
        self.assertAlmostEqual(self.view()[2], home[2] / 1.4, 6)
        near = self.view()
        self.page.key("ArrowRight")
        self.assertAlmostEqual(self.view()[0], near[0] + 0.1 * near[2], 6)
        self.page.key("Enter")
        first = re.match(r"Chosen guide: (\S+?)figure", self.told()).group(1)
        self.page.key("n")
        self.assertNotEqual(re.match(r"Chosen guide: (\S+?)figure", self.told()).group(1), first)
        self.page.key("Escape")
        self.assertIn("Point at a guide", self.told())
        self.page.key("0")
        self.assertEqual(self.view(), home)

    def test_dragging_pans(self):
        x, y, width, _ = self.page.box(".layout-view > svg")
        self.page.run("document.querySelector('.layout-view > svg').focus()")
        self.page.key("0")
        home = self.view()
        self.page.drag((x, y), (x + 100, y))
        self.assertAlmostEqual(self.view()[0], home[0] - 100 / width * home[2], 1)
        self.page.key("0")

    def test_long_table_is_found_in_and_sorted(self):
        self.page.click("#layout details summary")
        self.page.click("#layout details input[type=search]")
        self.page.type("E07.rx3")
        self.assertEqual(self.page.run("[...document.querySelectorAll('#layout details tbody tr')].map(r => r.cells[0].textContent)"), ["E07.rx3"])
        self.page.click("#layout details tbody button")
        self.assertIn("Chosen guide: E07.rx3", self.told())

    def test_prints(self):
        self.check_prints(5)


class FullFidelity(Page):
    """The solid on a coarse mesh: what only the fields can tell is shown."""

    @classmethod
    def make(cls):
        coarse = ["uncertainty.samples=0", "fidelity.mesh.edge_mm=6", "fidelity.mesh.growth=4"]
        run("solve", DESIGN, "--fidelity", "full", "-o", "full", *(part for setting in coarse for part in ("--set", setting)))
        cls.file = "full/report.html"
        cls.data = data_of(cls.file)
        with open("full/results.json") as results:
            cls.results = json.load(results)

    def choose(self, figure, name):
        """Another picture from the list above a map."""
        self.page.run("(() => { const list = [...document.querySelectorAll('#heat select')].find(s => [...s.options].some(o => o.value === %s));"
                      "list.value = %s; list.dispatchEvent(new Event('change')); })()" % (json.dumps(name), json.dumps(name)))
        self.page.settle()
        captions = self.page.run("[...document.querySelectorAll('#heat figcaption b')].map(b => b.textContent)")
        self.assertIn(figure + ". ", captions)

    def tip_at(self, figure, x_mm, y_mm):
        """What the map tells under the mouse."""
        x, y = self.page.run("(() => { const figure = [...document.querySelectorAll('#heat figure')].find(f => f.querySelector('b').textContent === %s + '. ');"
                             "const host = figure.querySelector('.chart'); host.scrollIntoView({block: 'center', behavior: 'instant'});"
                             "const b = host.getBoundingClientRect(), [x, y] = host.chart.convertToPixel({gridIndex: 0}, [%r, %r]);"
                             "return [b.x + x, b.y + y]; })()" % (json.dumps(figure), x_mm, y_mm))
        self.page.mouse("mouseMoved", x + 1, y + 1)
        self.page.mouse("mouseMoved", x, y)
        self.page.settle()
        return self.page.run("[...document.querySelectorAll('#heat .chart > div:last-child')].filter(d => getComputedStyle(d).visibility === 'visible').map(d => d.innerText).join(' ')")

    def test_is_one_sound_page(self):
        self.check_sound()
        self.assertEqual(self.results["mechanics"]["model"], "solid")
        self.assertIn("corner to centre, solid model", self.page.run("document.querySelector('.tiles').innerText"))

    def test_maps_of_temperature_hold_the_solved_field(self):
        fields = self.data["temperature"]
        with open("full/temperature.csv", newline="") as table:
            solved = list(csv.DictReader(table))
        middles = [[(a + b) / 2 for a, b in zip(planes, planes[1:])] for planes in (fields["x_mm"], fields["y_mm"])]
        for field, column in zip(fields["fields"], ("substrate_C", "lid_C")):
            self.choose("Temperature, " + field["name"], field["name"])
            for row in solved:
                i, j = (min(range(len(places)), key=lambda k: abs(places[k] - float(row[way]))) for places, way in zip(middles, ("x_mm", "y_mm")))
                here = field["C"][j * len(middles[0]) + i]
                self.assertEqual(here is None, row[column] == "", row)
                if here is not None:
                    self.assertAlmostEqual(here, float(row[column]), 2)
        hottest = max(value for value in fields["fields"][0]["C"] if value is not None)
        self.assertAlmostEqual(hottest, self.results["temperature"]["substrate_max_C"], 2)

    def test_the_mouse_over_a_map_tells_the_value_there(self):
        self.choose("Temperature, substrate, upper face", "substrate, upper face")
        fields = self.data["temperature"]
        x, y = (list(zip(fields[way], fields[way][1:])) for way in ("x_mm", "y_mm"))
        i, j = (max(range(len(cells)), key=lambda k: cells[k][1] - cells[k][0]) for cells in (x, y))  # some are less than a pixel
        told = self.tip_at("Temperature, substrate, upper face", sum(x[i]) / 2, sum(y[j]) / 2)
        self.assertIn("%.4g \u00b0C" % fields["fields"][0]["C"][j * len(x) + i], told)
        self.choose("Height of the substrate, at room temperature", "room")
        self.assertIn("0 \u00b5m", self.tip_at("Height of the substrate, at room temperature", 0.01, 0.01))

    def test_heights_of_every_state_end_at_the_warpage(self):
        heights = self.data["deflection"]
        self.assertEqual(heights["model"], "solid")
        columns, count = len(heights["x_mm"]), len(heights["x_mm"]) * len(heights["y_mm"])
        names = {"reflow": "at reflow", "room": "at room temperature", "operating": "operating"}
        self.assertEqual([state["name"] for state in heights["states"]], list(names))
        for state in heights["states"]:
            self.choose("Height of the substrate, " + names[state["name"]], state["name"])
            corners = [state["um"][i] for i in (0, columns - 1, count - columns, count - 1)]
            self.assertAlmostEqual(max(corners, key=abs), self.results["mechanics"]["warpage_um"][state["name"]], 2)

    def test_birefringence_and_stress_along_the_guides_stand_in_the_tables(self):
        shown = dict(self.page.run("[...document.querySelectorAll('#heat details tr, #light details tr')].filter(r => r.cells.length > 1).map(r => [r.cells[0].textContent, r.cells[1].textContent.replace('\u2212', '-')])"))
        self.assertAlmostEqual(float(shown["birefringence"]), self.results["waveguide"]["birefringence"], 8)
        stress = self.results["mechanics"]["guide_stress"]
        for end in ("min", "max"):
            self.assertAlmostEqual(float(shown["guide_stress.birefringence." + end]), stress["birefringence"][end], 8)

    def test_prints(self):
        self.check_prints(5)


class NarrowWindow(Page):
    width = 800

    @classmethod
    def make(cls):
        run("export", DESIGN, "--format", "html", "-o", "narrow")
        cls.file = "narrow/report.html"

    def test_is_sound(self):
        self.check_sound()

    def test_same_design_same_bytes(self):
        run("export", DESIGN, "--format", "html", "-o", "again")
        with open(self.file, "rb") as one, open("again/report.html", "rb") as other:
            self.assertTrue(one.read() == other.read())


class InfeasibleDesignOfBadNames(Page):
    @classmethod
    def make(cls):
        settings = ["name=" + json.dumps(EVIL), "description=" + json.dumps(EVIL), "asic.dies[0].name=" + json.dumps(EVIL),
                    "asic.dies[1].power_W=400"]
        run("export", DESIGN, "--format", "html", "-o", "bad", *(part for setting in settings for part in ("--set", setting)))
        cls.file = "bad/report.html"

    def test_names_are_text(self):
        self.assertEqual(self.page.run("typeof hacked"), "undefined")
        self.assertEqual(self.page.run("document.images.length"), 0)
        self.assertEqual(self.page.run("document.scripts.length"), 3)
        self.assertEqual(self.page.run("document.querySelector('h1').textContent"), EVIL)
        self.assertEqual(self.page.run("document.title"), EVIL + " - beachfront")

    def test_a_violation_leads_to_its_place(self):
        violation = data_of(self.file)["results"]["violations"][1]  # of the die that was made too hot
        self.page.click("#judgement tbody tr:nth-child(2) button")
        x, y, side, _ = self.view()
        self.assertAlmostEqual(x + side / 2, violation["x_mm"], 6)
        self.assertAlmostEqual(-y - side / 2, violation["y_mm"], 6)
        self.assertIn(violation["rule"], self.told())
        self.assertEqual(self.page.run("document.querySelectorAll('.violation.current').length"), 1)


class FerrulesThatDoNotFit(Page):
    @classmethod
    def make(cls):
        run("export", os.path.join(SOURCE, "designs/reference/102t-glass-dr-110.yaml"), "--format", "html", "-o", "ferrules")
        cls.file = "ferrules/report.html"

    def test_stand_at_an_edge_of_the_package(self):
        violation = data_of(self.file)["results"]["violations"][0]
        self.assertEqual((violation["rule"], violation["x_mm"], violation["y_mm"]), ("connector_edge", 0, 55))  # 110 mm wide
        self.page.click("#judgement tbody button")
        x, y, side, _ = self.view()
        self.assertAlmostEqual(-y - side / 2, 55, 6)


class ViolationWithoutAPlace(Page):
    @classmethod
    def make(cls):
        run("export", DESIGN, "--set", "link.laser_connector_loss_dB=9", "--format", "html", "-o", "dim")
        cls.file = "dim/report.html"

    def test_has_neither_a_button_nor_a_mark(self):
        self.assertEqual([violation["rule"] for violation in data_of(self.file)["results"]["violations"]], ["link_margin"])
        self.assertIn("link_margin", self.page.run("document.querySelector('#judgement tbody').textContent"))
        self.assertEqual(self.page.run("document.querySelectorAll('#judgement tbody button').length"), 0)
        self.assertEqual(self.page.run("[...document.querySelectorAll('.layout-view .violation')].filter(spot => spot.getBoundingClientRect().width).length"), 0)


class Comparison(Page):
    @classmethod
    def make(cls):
        run("compare", DESIGN, os.path.join(SOURCE, "designs/reference/102t-organic-795g.yaml"), "-o", "compared")
        cls.file = "compared/report.html"

    def test_is_dark_where_the_reader_asks_but_not_on_paper(self):
        self.check_dark()

    def test_is_one_sound_page(self):
        self.assertGreater(self.page.run("document.querySelectorAll('.chart').length"), 2)
        self.assertEqual(self.page.run("[...document.querySelectorAll('.chart')].filter(c => !c.querySelector('svg')).length"), 0)
        self.assertEqual(self.page.run("document.querySelector('h1').textContent"), "102t-glass against 102t-organic-795g")
        self.assertLess(os.path.getsize(self.file), MOST_BYTES)

    def test_tables_hold_the_comparison(self):
        with open("compared/comparison.json") as comparison:
            self.assertEqual(data_of(self.file)["comparison"], json.load(comparison))
        row = self.page.run("[...document.querySelectorAll('#figures tr')].map(r => r.textContent).find(t => t.startsWith('laser power, optical'))")
        self.assertIsNotNone(row)


SWEEP = """
base: %s
mode: grid
parameters:
  - {path: cooling.ambient_C, values: [20, 30, 40]}
  - {path: link.laser_connector_loss_dB, values: [0.2, 0.4, 0.6]}
outputs: [temperature.asic_max_C, link.worst_margin_dB]
constraints: [{figure: temperature.asic_max_C, max: 80}]
objectives:
  - {figure: temperature.asic_max_C, goal: minimise}
  - {figure: link.worst_margin_dB, goal: maximise}
"""


ROWS_OF = "[...[...document.querySelectorAll('#provenance table')].find(t => t.caption.textContent === %r).tBodies[0].rows].map(r => [...r.cells].map(c => c.innerText))"


def meta_of(store):
    with contextlib.closing(sqlite3.connect(store)) as base:
        return dict(base.execute("SELECT key, value FROM meta"))


class Sweep(Page):
    @classmethod
    def make(cls):
        with open("small.yaml", "w") as sweep:
            sweep.write(SWEEP % json.dumps(DESIGN))
        run("sweep", "run", "small.yaml", "-o", "small", "--fidelity", "fast")
        run("sweep", "report", "small.yaml", "-o", "small", "--fidelity", "fast")
        cls.file = "small/report.html"

    def test_is_one_sound_page(self):
        self.check_sound()
        self.assertEqual(len(data_of(self.file)["rows"]), 9)

    def test_a_design_is_solved_again_by_its_command(self):
        self.page.click("#designs tbody tr:nth-child(2) button")
        command = self.page.run("document.getElementById('command').textContent")
        self.assertIn("--set link.laser_connector_loss_dB=0.4", command)
        self.assertIn("--fidelity fast", command)
        words = shlex.split(command.replace("\\\n", " "))
        row = data_of(self.file)["rows"][1]
        results = json.loads(run(*words[1:-2], "--json"))
        self.assertAlmostEqual(results["temperature"]["asic_max_C"], row[5], 3)

    def test_says_how_it_came_out(self):
        meta = meta_of("small/results.sqlite")
        self.assertEqual(self.page.run(ROWS_OF % "What was swept"),
                         [["cooling.ambient_C", "35", "3 values", "20, 30, 40"], ["link.laser_connector_loss_dB", "0.5", "3 values", "0.2, 0.4, 0.6"]])
        self.assertEqual(self.page.run(ROWS_OF % "What was asked of it"),
                         [["temperature.asic_max_C", "constraint", "at most 80"], ["temperature.asic_max_C", "objective", "minimise"],
                          ["link.worst_margin_dB", "objective", "maximise"], ["temperature.asic_max_C", "output", ""], ["link.worst_margin_dB", "output", ""]])
        told = dict(self.page.run(ROWS_OF % "How this came out"))
        for name, value in (("mode", "grid"), ("designs planned", "9"), ("solved by", "beachfront " + meta["tool_version"]), ("this page by", "beachfront " + meta["tool_version"]),
                            ("hash of the sweep as resolved", meta["sweep_hash"]), ("base design", DESIGN), ("hash of the base design as resolved", meta["base_hash"])):
            self.assertEqual(told[name], value)
        self.assertTrue(told["fidelity"].startswith("fast, by --fidelity: "), told["fidelity"])
        self.assertNotIn("seed", told)
        self.assertIsNone(self.page.run("document.getElementById('versions')"))
        self.assertEqual(self.page.run("document.getElementById('sweep-text').textContent"), meta["sweep"])
        self.assertEqual(self.page.run("document.getElementById('base-text').textContent"), meta["base_design"])

    def test_kept_ranges_filter_the_table(self):
        self.page.run("document.querySelector('#trade input[type=number]').value = 25")
        self.page.run("[...document.querySelectorAll('#trade button')].find(b => b.textContent === 'keep').click()")
        self.page.settle()
        self.assertEqual(self.page.run("document.querySelectorAll('#designs tbody tr').length"), 6)
        self.page.run("[...document.querySelectorAll('#trade button')].find(b => b.textContent === 'clear filters').click()")
        self.page.settle()
        self.assertEqual(self.page.run("document.querySelectorAll('#designs tbody tr').length"), 9)

    def test_prints(self):
        self.check_prints(2)


SAMPLED = """
base: %s
mode: latin_hypercube
designs: 8
seed: 3
parameters:
  - {path: waveguides.propagation_loss_dB_per_cm, distribution: {kind: log_normal, median: 0.1, factor: 1.3}}
  - {path: waveguides.engine_transfer_loss_dB, distribution: {kind: normal, mean: 1.0, sd: 0.25, low: 0}}
  - {path: laser.max_power_dBm, distribution: {kind: uniform, low: 23.5, high: 24.0}}
  - {path: cooling.ambient_C, distribution: {kind: triangular, low: 20, mode: 25, high: 35}}
  - {path: substrate.width_mm, range: {from: 110, to: 112}, also: [{path: substrate.height_mm}, {path: cooling.lid.width_mm, offset: -20}]}
  - name: guide
    bundles:
      - {waveguides.glass: glass-alkali, waveguides.recipe: iox-thermal-a0}
      - {waveguides.glass: n-bk7, waveguides.recipe: iox-potassium-bk7}
constraints:
  - {figure: mechanics.warpage_um.room, min: -500}
  - {figure: mechanics.warpage_um.reflow, max: 500}
outputs: [escape.per_direction_Tbps, link.worst_margin_dB]
"""


class SampledSweepWithFailures(Page):
    """The package has no glass n-bk7: half of the samples fail. Nothing is an objective, the first output is the same in all."""

    @classmethod
    def make(cls):
        os.makedirs("near/sub", exist_ok=True)
        shutil.copy(DESIGN, "near/design.yaml")
        with open("near/sub/sampled.yaml", "w") as sweep:
            sweep.write(SAMPLED % "../design.yaml")
        options = ["near/sub/sampled.yaml", "--fidelity", "fast", "--library", os.path.join(SOURCE, "designs/library"), "-o"]
        for folder in ("sampled", "other-build"):
            subprocess.run([PROGRAM, "sweep", "run", *options, folder], capture_output=True)  # 3: designs that fail
        with contextlib.closing(sqlite3.connect("other-build/results.sqlite", isolation_level=None)) as store:
            store.execute("UPDATE meta SET value = '0.0.1 (abcdef)' WHERE key = 'tool_version'")
        for folder in ("sampled", "other-build"):
            run("sweep", "report", *options, folder)
        cls.file = "sampled/report.html"

    def test_is_one_sound_page(self):
        self.check_sound()

    def test_failed_designs_stand_beside_the_yield(self):
        self.assertEqual([row[1] for row in data_of(self.file)["rows"]].count("error"), 4)
        self.assertIn("of 4 solved; 4 failed are left out", self.page.run("[...document.querySelectorAll('.tile')].find(t => t.textContent.startsWith('Yield')).innerText"))
        self.assertIn("100.0 % of 4 solved designs", self.page.run("document.getElementById('yield').innerText"))
        self.assertIn("of all 8, 50.0 % are known to be good", self.page.run("document.getElementById('yield').innerText"))

    def test_the_base_stands_without_a_detour(self):
        self.assertEqual(data_of(self.file)["base"], "near/design.yaml")

    def test_every_kind_of_distribution_stands_with_its_numbers(self):
        self.assertEqual([row[:1] + row[2:] for row in self.page.run(ROWS_OF % "What was swept")], [
            ["waveguides.propagation_loss_dB_per_cm", "log-normal", "median 0.1, standard deviation a factor of 1.3", ""],
            ["waveguides.engine_transfer_loss_dB", "normal, truncated", "mean 1, standard deviation 0.25, nothing below 0", ""],
            ["laser.max_power_dBm", "uniform", "23.5 \u2026 24", ""],
            ["cooling.ambient_C", "triangular", "least 20, most likely 25, greatest 35", ""],
            ["substrate.width_mm", "uniform", "110 \u2026 112", "substrate.height_mm = substrate.width_mm\ncooling.lid.width_mm = substrate.width_mm \u2212 20"],
            ["guide", "2 sets of keys", "waveguides.glass = glass-alkali, waveguides.recipe = iox-thermal-a0\nwaveguides.glass = n-bk7, waveguides.recipe = iox-potassium-bk7", ""]])
        told = dict(self.page.run(ROWS_OF % "How this came out"))
        self.assertEqual((told["mode"], told["sampled as"], told["seed"], told["designs tried"]), ("latin hypercube", "8 samples", "3", "8: 4 feasible, 0 infeasible, 4 failed"))

    def test_another_build_of_the_program_is_told(self):
        self.assertIsNone(self.page.run("document.getElementById('versions')"))
        told = data_of("other-build/report.html")["provenance"]
        self.assertEqual((told["solved_by"], told["page_by"]), ("0.0.1 (abcdef)", data_of(self.file)["provenance"]["page_by"]))
        self.page.open("other-build/report.html")
        self.assertIn("another build", self.page.run("document.getElementById('versions').textContent"))
        self.page.open(self.file)

    def test_choices_of_several_keys_are_told_apart_and_whole_in_a_tip(self):
        cells = self.page.run("[...document.querySelectorAll('#designs tbody tr')].map(r => [...r.cells].find(c => c.textContent.includes('iox'))).map(c => [c.textContent, c.title])")
        self.assertEqual(len(cells), 8)
        for text, tip in cells:
            self.assertEqual(text, ", ".join(json.loads(tip).values()))
        self.assertEqual({text for text, _ in cells}, {"glass-alkali, iox-thermal-a0", "n-bk7, iox-potassium-bk7"})

    def test_what_does_not_vary_is_not_drawn_first(self):
        chosen = self.page.run("[...document.querySelectorAll('#trade select, #response select')].map(list => list.value)")
        for figure in chosen:
            self.assertNotEqual(figure, "escape.per_direction_Tbps")
        self.assertIn("escape.per_direction_Tbps (does not vary)", self.page.run("document.querySelector('#trade select').textContent"))

    def test_names_over_the_axes_are_whole_and_differ(self):
        texts = self.page.run("[...document.querySelectorAll('.chart')].find(c => c.ariaLabel.includes('Drag along an axis')).chart.getZr().storage.getDisplayList().filter(e => e.style && e.style.text).map(e => e.style.text)")
        names = ["\u2026propagation_loss_dB_per_cm", "\u2026engine_transfer_loss_dB", "laser.max_power_dBm", "cooling.ambient_C", "substrate.width_mm", "guide",
                 "mechanics.warpage_um.room", "mechanics.warpage_um.reflow", "link.worst_margin_dB"]
        self.assertEqual([text for text in texts if text in names], names)
        self.assertEqual([text for text in texts if text.endswith(("\u2026", "..."))], [])


class SweepWithReportsOfDesigns(Page):
    """Warm packages and light that reaches far: the front is the three ambients at the least loss, points 0, 3 and 6."""

    @classmethod
    def make(cls):
        with open("front.yaml", "w") as sweep:
            sweep.write(SWEEP.replace("asic_max_C, goal: minimise", "asic_max_C, goal: maximise").replace("max: 80", "max: 200") % json.dumps(DESIGN))
        run("sweep", "run", "front.yaml", "-o", "front", "--fidelity", "fast")
        run("sweep", "report", "front.yaml", "-o", "front", "--fidelity", "fast", "--designs", "0,3,4")
        cls.file = "front/report.html"

    def setUp(self):
        self.page.open(self.file)  # tests follow links

    def rows(self, section):
        return self.page.run("[...document.querySelectorAll('#%s tbody tr')].map(r => r.cells[0].textContent)" % section)

    def chart(self, label):
        return "[...document.querySelectorAll('.chart')].find(c => c.ariaLabel.includes(%s)).chart" % json.dumps(label)

    def place_in(self, label, pixel):
        """A pixel of a chart as a place in the window."""
        return self.page.run("(() => { const chart = %s, host = chart.getDom(); host.scrollIntoView({block: 'center', behavior: 'instant'});"
                             "const b = host.getBoundingClientRect(), [x, y] = %s; return [b.x + x, b.y + y]; })()" % (self.chart(label), pixel))

    def place_of(self, point):
        """Of a design in the picture of trade-offs."""
        row = next(row for row in data_of(self.file)["rows"] if row[0] == point)
        return self.place_in("diamonds are the front", "chart.convertToPixel({gridIndex: 0}, [%r, %r])" % (row[5], row[6]))

    def place_on_axis(self, axis, value):
        return self.place_in("Drag along an axis", "chart.getModel().getComponent('parallel').coordinateSystem.dataToPoint(%r, 'dim%d')" % (value, axis))

    def test_is_dark_where_the_reader_asks_but_not_on_paper(self):
        self.check_dark()

    def test_is_one_sound_page(self):
        self.check_sound()
        self.assertEqual(sorted(os.listdir("front/designs")), ["0.html", "3.html", "4.html"])

    def test_a_click_on_a_point_chooses_its_design(self):
        for point, state in ((3, "on the front"), (4, "good")):
            self.page.click_at(*self.place_of(point))
            self.assertEqual(self.page.run("document.querySelector('#point h3').textContent"), "Point %d: %s" % (point, state))
            self.assertEqual(self.page.run("document.getElementById('page').getAttribute('href')"), "designs/%d.html" % point)
            self.assertEqual(self.page.run("document.querySelector('#designs tr.chosen').cells[0].textContent"), str(point))

    def test_the_mouse_over_a_point_tells_its_figures(self):
        self.page.mouse("mouseMoved", *self.place_of(3))
        self.page.wait("document.body.innerText.includes('point 3, on the front, with a report')")

    def test_a_tip_is_dark_on_a_dark_page(self):
        looks = ("(() => { const tip = [...document.querySelectorAll('.chart > div:last-child')].find(d => d.innerText.includes('point 4, '));"
                 "const style = tip && getComputedStyle(tip); return style && [style.backgroundColor, style.color]; })()")
        for page, wanted in (("dark", ["rgb(18, 25, 30)", "rgb(228, 234, 238)"]), ("light", ["rgb(255, 255, 255)", "rgb(29, 39, 48)"])):
            self.page.prefer(page)
            self.page.mouse("mouseMoved", 5, 5)
            self.page.mouse("mouseMoved", *self.place_of(4))
            self.page.wait("document.body.innerText.includes('point 4, ')")
            self.assertEqual(self.page.run(looks), wanted, page)

    def test_a_point_without_a_report_has_the_command_for_one(self):
        self.page.click_at(*self.place_of(6))
        self.assertIsNone(self.page.run("document.getElementById('page')"))
        self.assertEqual(self.page.run("document.getElementById('page-command').textContent"),
                         "beachfront sweep report front.yaml -o DIR --fidelity fast --designs 6")

    def test_designs_worth_a_look_are_the_front_and_those_with_a_report(self):
        self.assertEqual(sorted(self.rows("worth")), ["0", "3", "4", "6"])
        links = self.page.run("[...document.querySelectorAll('#worth tbody tr')].map(r => [r.cells[0].textContent, (r.querySelector('a') || {getAttribute: () => ''}).getAttribute('href')])")
        self.assertEqual(sorted(links), [["0", "designs/0.html"], ["3", "designs/3.html"], ["4", "designs/4.html"], ["6", ""]])
        self.assertIn("--designs best", self.page.run("document.getElementById('worth').textContent"))

    def test_links_lead_to_the_design_and_back(self):
        links = self.page.run("[...document.querySelectorAll('#designs tbody a')].map(a => a.ariaLabel)")
        self.assertEqual(links, ["report of point 0", "report of point 3", "report of point 4"])
        self.page.follow("#designs tbody a[aria-label='report of point 4']", "front/designs/4.html")
        self.assertEqual(self.page.run("document.title"), "102t-glass, point 4 of front - beachfront")
        note = self.page.run("document.getElementById('place').textContent")
        self.assertIn("cooling.ambient_C = 30, link.laser_connector_loss_dB = 0.4", note)
        self.assertIsNone(self.page.run("document.getElementById('differs')"))
        found = data_of("front/designs/4.html")["results"]["temperature"]["asic_max_C"]
        self.assertAlmostEqual(found, next(row for row in data_of(self.file)["rows"] if row[0] == 4)[5], 3)
        self.page.follow("#place a", self.file)
        self.assertEqual(self.page.run("document.title"), "front - beachfront")

    def test_a_brush_on_an_axis_filters_and_clearing_brings_all_back(self):
        ambient, loss = 0, 1
        self.page.drag(self.place_on_axis(ambient, 25), self.place_on_axis(ambient, 35))
        self.page.wait("document.querySelectorAll('#designs tbody tr').length === 3")
        self.assertEqual(self.rows("designs"), ["3", "4", "5"])
        told = "document.querySelector('#trade [role=status]').textContent"
        self.assertEqual(self.page.run(told), "3 of 9 designs kept")
        drawn = "%s.getOption().series.filter(s => s.name !== 'chosen').reduce((n, s) => n + s.data.length, 0)" % self.chart("diamonds are the front")
        self.assertEqual(self.page.run(drawn), 3)
        intervals = "[0, 1].map(i => %s.getModel().getComponent('parallelAxis', i).activeIntervals.length)" % self.chart("Drag along an axis")
        self.page.prefer("dark")  # drawn anew
        self.page.prefer("light")
        self.assertEqual(self.page.run(intervals), [1, 0])
        self.assertEqual(self.rows("designs"), ["3", "4", "5"])
        self.page.drag(self.place_on_axis(loss, 0.5), self.place_on_axis(loss, 0.1))
        self.page.wait("document.querySelectorAll('#designs tbody tr').length === 2")
        self.assertEqual(self.rows("designs"), ["3", "4"])
        self.page.click("#trade button.clear")
        self.assertEqual(self.page.run(told), "nothing is filtered")
        self.assertEqual(len(self.rows("designs")), 9)
        self.assertEqual(self.page.run(drawn), 9)
        self.assertEqual(self.page.run(intervals), [0, 0])

    def test_typed_limits_and_a_brush_hold_together(self):
        self.page.run("document.querySelector('#trade input[type=number]').value = 50")  # no ambient is so warm
        self.page.click("#trade button.keep")
        self.assertEqual(self.rows("designs"), [])
        self.page.drag(self.place_on_axis(1, 0.5), self.place_on_axis(1, 0.3))
        self.assertEqual(self.rows("designs"), [])
        self.page.run("document.querySelector('#trade input[type=number]').value = 35")
        self.page.click("#trade button.keep")
        self.assertEqual(self.rows("designs"), ["7"])

    def test_prints(self):
        self.check_prints(2)


class TenThousandDesigns(Page):
    @classmethod
    def make(cls):
        if not os.path.exists("small/report.html"):
            Sweep.make()
        data = data_of("small/report.html")
        some = data["rows"]
        data["rows"] = [[k, *some[k % len(some)][1:]] for k in range(10_000)]
        for k, row in enumerate(data["rows"]):
            row[3] += 1e-4 * k
        with open("small/report.html", encoding="utf-8") as page:
            text = page.read()
        begin, end = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.S).span(1)
        cls.file = "many.html"
        with open(cls.file, "w", encoding="utf-8") as page:
            page.write(text[:begin] + json.dumps(data).replace("<", "\\u003c") + text[end:])

    def test_stays_usable(self):
        self.check_sound()
        self.page.click("#designs input[type=search]")
        self.page.type("999")
        self.assertIn("(10000 in all)", self.page.run("document.querySelector('#designs [role=status]').textContent"))
        self.assertEqual(self.page.run("document.querySelectorAll('#designs tbody tr').length"), 20)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        outcome = unittest.main(argv=[sys.argv[0], *sys.argv[3:]], exit=False, verbosity=1).result
        os.chdir("/")
    sys.exit(not outcome.wasSuccessful())
