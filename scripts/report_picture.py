# SPDX-License-Identifier: GPL-3.0-or-later
"""The top of a report, or one of its sections, as a picture:  report_picture.py REPORT PNG [SECTION]"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/report"))
from browser import Browser

with Browser("/usr/bin/chromium", 1100, 700) as page:
    page.open(sys.argv[1])
    if len(sys.argv) > 3:
        page.run("document.getElementById('%s').scrollIntoView()" % sys.argv[3])
        page.settle()
    page.picture(sys.argv[2], "#" + sys.argv[3] if len(sys.argv) > 3 else None)
