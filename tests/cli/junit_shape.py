#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""junit_shape.py FILE: whether a file is JUnit XML as build servers take it: elements, attributes and counts that agree.

Prints a line a test case: name, and what kind of result. Exit code 1 with the fault otherwise."""
import collections
import sys
import xml.etree.ElementTree as ElementTree

RESULTS = {"failure", "error", "skipped"}


def fault(text):
    sys.exit(f"{sys.argv[1]}: {text}")


def result(case):
    if {"name", "classname"} - set(case.attrib):
        fault("a testcase without name or classname")
    if len(case) > 1 or any(child.tag not in RESULTS for child in case):
        fault(f"{case.get('name')} has other than one result")
    for child in case:
        if {"type", "message"} - set(child.attrib):
            fault(f"{case.get('name')} fails without type or message")
        return child.tag
    return "good"


def main():
    suites = ElementTree.parse(sys.argv[1]).getroot()
    if suites.tag != "testsuites" or any(suite.tag != "testsuite" for suite in suites):
        fault("must be testsuites of testsuite")
    for suite in suites:
        counts = collections.Counter()
        for case in suite:
            if case.tag != "testcase":
                fault(f"a testsuite of {case.tag}")
            counts[result(case)] += 1
            print(case.get("name"), result(case))
        told = {key: int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")}
        found = {"tests": sum(counts.values()), "failures": counts["failure"], "errors": counts["error"],
                 "skipped": counts["skipped"]}
        if told != found:
            fault(f"tells {told}, holds {found}")


main()
