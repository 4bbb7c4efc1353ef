# SPDX-License-Identifier: GPL-3.0-or-later
"""Headless Chromium over its debugging protocol, with the network off and every message of the console kept.

    with Browser("/usr/bin/chromium", width=1400, height=1000) as page:
        page.open("out/report.html")
        page.run("document.title")                  # the value of an expression
        page.click("button[aria-label='zoom in']")  # in the middle of the element, by the mouse
        page.key("ArrowRight")
        assert page.faults == []
"""
import base64
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request

import websocket

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--remote-debugging-port=0"]
CODES = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Tab": 9}


class Browser:
    def __init__(self, program, width=1400, height=1000):
        self.size = (width, height)
        self.program = program
        self.faults = []    # errors and warnings of the console, uncaught exceptions, refused or attempted requests
        self.requests = []  # addresses other than the page itself
        self.count = 0

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [self.program, *FLAGS, "--user-data-dir=" + self.profile.name, "--window-size=%d,%d" % self.size, "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"listening on ws://([^/]+)/", line)
            if found:
                break
        else:
            raise RuntimeError("Chromium does not start")
        pages = json.load(urllib.request.urlopen("http://%s/json" % found.group(1), timeout=20))
        address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
        self.socket = websocket.create_connection(address, timeout=60, suppress_origin=True)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stderr.close()
        for _ in range(20):  # it may still write to its profile
            try:
                self.profile.cleanup()
                break
            except OSError:
                time.sleep(0.1)

    def call(self, method, **parameters):
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.count:
                if "error" in message:
                    raise RuntimeError("%s: %s" % (method, message["error"]))
                return message["result"]
            self.note(message)

    def note(self, message):
        kind, values = message.get("method"), message.get("params", {})
        if kind == "Runtime.exceptionThrown":
            details = values["exceptionDetails"]
            self.faults.append("exception: " + details.get("exception", {}).get("description", details["text"]))
        elif kind == "Runtime.consoleAPICalled" and values["type"] in ("error", "warning", "assert"):
            self.faults.append("console: " + " ".join(str(a.get("value", a.get("description"))) for a in values["args"]))
        elif kind == "Log.entryAdded" and values["entry"]["level"] in ("error", "warning"):
            self.faults.append("log: " + values["entry"]["text"])
        elif kind == "Network.requestWillBeSent":
            address = values["request"]["url"]
            if not address.startswith(("data:", "blob:")) and address != self.address:
                self.requests.append(address)
        elif kind == "Page.javascriptDialogOpening":
            self.faults.append("dialog: " + values["message"])

    def open(self, file):
        self.address = "file://" + os.path.abspath(file)
        self.call("Page.navigate", url=self.address)
        self.wait("document.readyState === 'complete'")
        self.settle()

    def prefer(self, scheme):
        """The reader's system asks for "dark" or "light"."""
        self.call("Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.settle()

    def settle(self):
        """Two frames: observers have run and the charts are drawn."""
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))")

    def run(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", expression))
        return result["result"].get("value")

    def wait(self, expression, seconds=20):
        end = time.monotonic() + seconds
        while not self.run(expression):
            if time.monotonic() > end:
                raise RuntimeError("never true: " + expression)
            time.sleep(0.02)

    def box(self, selector):
        """Middle and size of the first element, scrolled into the window."""
        return self.run("(() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center', behavior: 'instant'});"
                        "const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2, b.width, b.height]; })()"
                        % json.dumps(selector))

    def mouse(self, kind, x, y, buttons=0):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if kind != "mouseMoved" or buttons else "none",
                  buttons=buttons, clickCount=1 if kind != "mouseMoved" else 0)

    def click_at(self, x, y):
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, 1)
        self.mouse("mouseReleased", x, y)
        self.settle()

    def click(self, selector):
        x, y, _, _ = self.box(selector)
        self.click_at(x, y)

    def follow(self, selector, file):
        """A click on a link, which must lead to this file."""
        x, y, _, _ = self.box(selector)
        self.address = "file://" + os.path.abspath(file)
        self.mouse("mousePressed", x, y, 1)
        self.mouse("mouseReleased", x, y)
        self.wait("location.href === %s && document.readyState === 'complete'" % json.dumps(self.address))
        self.settle()

    def drag(self, start, end):
        self.mouse("mouseMoved", *start)
        self.mouse("mousePressed", *start, 1)
        for share in (0.3, 0.6, 1):
            self.mouse("mouseMoved", start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]), 1)
        self.mouse("mouseReleased", *end)
        self.settle()

    def key(self, key):
        code = CODES.get(key, ord(key.upper()) if len(key) == 1 else 0)
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **(text if kind == "keyDown" else {}))
        self.settle()

    def type(self, text):
        self.call("Input.insertText", text=text)
        self.settle()

    def pdf(self):
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"])

    def picture(self, file, selector=None, whole=False):
        clip = {}
        if selector:
            x, y, width, height = self.run("(() => { const b = document.querySelector(%s).getBoundingClientRect();"
                                           "return [b.x + scrollX, b.y + scrollY, b.width, b.height]; })()" % json.dumps(selector))
            clip = {"clip": {"x": x, "y": y, "width": width, "height": height, "scale": 1}}
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=bool(whole or selector), **clip)["data"]
        with open(file, "wb") as out:
            out.write(base64.b64decode(data))
