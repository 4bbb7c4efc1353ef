#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the console blocks of a document and compares what they print with what the document says.

run_console.py PROGRAM SOURCE DOCUMENT            exit code 1 when a block prints something else, 2 when it is malformed
run_console.py PROGRAM SOURCE DOCUMENT --write    writes what is printed into the document

A block starts with ```console; in it a line "$ COMMAND" is run, lines "> MORE" after it go on with the command, and the
lines up to the next command are what it prints, both streams together. A line of "..." alone stands for any lines, "..."
within a line for any text; everything else, numbers too, must be the same. "$?" is the exit code of the command before.
```console norun: REASON is not run. A block ```LANGUAGE file=NAME is written to NAME for the commands after it.

All blocks of a document run in one clean folder with `beachfront` on the path. Where the blocks name a path in `designs/`
or `source/`, that is a link to the source's designs, or to the source; else the folder is as a user's would be.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```(\S*)[ ]*(.*)$")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


class Malformed(Exception):
    pass


def blocks(lines):
    """Of each fenced block: language, rest of the info line, first line and the line after the last."""
    begin = None
    for at, line in enumerate(lines):
        fence = FENCE.match(line)
        if not fence:
            continue
        if begin is None:
            begin, language, info = at + 1, fence.group(1), fence.group(2)
        else:
            if fence.group(1):
                raise Malformed(f"line {at + 1}: a block begins within a block")
            yield language, info, begin, at
            begin = None
    if begin is not None:
        raise Malformed(f"line {begin}: the block does not end")


def commands(lines, first):
    """Of each command of a block: its text, and what it should print."""
    found = []
    for at, line in enumerate(lines):
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif not found:
            raise Malformed(f"line {first + at + 1}: a console block begins with '$ COMMAND'")
        elif line.startswith("> ") and not found[-1][1]:
            found[-1] = (found[-1][0] + "\n" + line[2:], [])
        else:
            found[-1][1].append(line)
    if not found:
        raise Malformed(f"line {first}: a console block without a command")
    return found


def line_fits(expected, printed):
    pattern = ".*".join(re.escape(part) for part in expected.split("..."))
    return re.fullmatch(pattern, printed) is not None


def fits(expected, printed):
    """Whether lines are as expected, where "..." stands for any lines."""
    parts = [[]]
    for line in expected:
        if line == "...":
            parts.append([])
        else:
            parts[-1].append(line)

    def at(part, place):
        return 0 <= place <= len(printed) - len(part) and all(map(line_fits, part, printed[place:]))

    if len(parts) == 1:
        return len(printed) == len(expected) and at(expected, 0)
    if not at(parts[0], 0):
        return False
    place = len(parts[0])
    for part in parts[1:-1]:  # each where it first fits
        while place <= len(printed) and not at(part, place):
            place += 1
        place += len(part)
    end = len(printed) - len(parts[-1])
    return place <= end and at(parts[-1], end)


def rewritten(expected, printed):
    """What is printed, with the elisions of the document where its lines are found again but for numbers."""
    if "..." not in expected:
        return printed
    masked = [NUMBER.sub("#", one) for one in printed]
    out, at = [], 0
    for line in expected:
        if line == "...":
            out.append(line)
            continue
        same = [i for i in range(at, len(printed)) if line_fits(line, printed[i])] or [
            i for i in range(at, len(printed)) if masked[i] == NUMBER.sub("#", line)]
        if not same:
            near = difflib.get_close_matches(NUMBER.sub("#", line), masked[at:], 1, 0.6)
            same = [masked.index(near[0], at)] if near else []
        if not same:
            raise Malformed(f"nothing printed is like '{line}'")
        if same[0] > at and out[-1:] != ["..."]:
            out.append("...")
        out.append(line if line_fits(line, printed[same[0]]) else printed[same[0]])
        at = same[0] + 1
    return out if fits(out, printed) else printed


def run(command, status, folder, environment):
    # the last exit code is there as $?
    script = f"(exit {status})\n{command}\n"
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")
    lines = done.stdout.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.rstrip() for line in lines], done.returncode


def names_folder(lines, name):
    """Whether a command, or a file that is written for the commands, has a path in the folder."""
    path = re.compile(rf"(?<![\w./-]){name}/")
    for language, info, begin, end in blocks(lines):
        if info.startswith("norun"):
            continue
        own = [line for line in lines[begin:end] if language != "console" or line[:2] in ("$ ", "> ")]
        if (language == "console" or info.startswith("file=")) and any(map(path.search, own)):
            return True
    return False


class Page:
    """A document and what its blocks print, in a clean folder."""

    def __init__(self, program, source, document, folder):
        self.folder = folder
        with open(document, encoding="utf-8") as file:
            self.lines = file.read().split("\n")
        for name, place in (("designs", os.path.join(source, "designs")), ("source", source)):
            if names_folder(self.lines, name):
                os.symlink(place, os.path.join(folder, name))
        os.mkdir(os.path.join(folder, ".bin"))
        os.symlink(program, os.path.join(folder, ".bin", "beachfront"))
        self.environment = {"PATH": os.path.join(folder, ".bin") + ":/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8",
                            "USER": "ada", "GIT_CEILING_DIRECTORIES": os.path.dirname(folder), "OMP_WAIT_POLICY": "passive"}
        self.faults = []

    def run_block(self, begin, end):
        """Runs a console block; returns its lines as they should stand."""
        out, status = [], 0
        for command, expected in commands(self.lines[begin:end], begin):
            printed, status = run(command, status, self.folder, self.environment)
            out += [("> " if i else "$ ") + line for i, line in enumerate(command.split("\n"))]
            expected = [line.rstrip() for line in expected]
            if fits(expected, printed):
                out += expected
                continue
            self.faults.append(f"line {begin + 1}: $ {command}\n" + "\n".join(
                difflib.unified_diff(expected, printed, "document", "printed", lineterm="", n=1)))
            out += rewritten(expected, printed)
        return out

    def run_all(self):
        """The lines of the whole document as they should stand."""
        out, done, ran = [], 0, 0
        for language, info, begin, end in blocks(self.lines):
            name = re.fullmatch(r"file=([\w.-]+)", info)
            if language == "console" and info and not re.fullmatch(r"norun: .+", info):
                raise Malformed(f"line {begin}: after ```console stands nothing or 'norun: REASON', not '{info}'")
            if name:
                with open(os.path.join(self.folder, name.group(1)), "w", encoding="utf-8") as file:
                    file.write("\n".join(self.lines[begin:end]) + "\n")
            if language == "console" and not info:
                out += self.lines[done:begin] + self.run_block(begin, end)
                done = end
                ran += 1
        return out + self.lines[done:], ran


def main():
    if len(sys.argv) not in (4, 5) or sys.argv[4:] not in ([], ["--write"]):
        sys.exit(__doc__)
    program, source, document = (os.path.realpath(path) for path in sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        try:
            page = Page(program, source, document, os.path.realpath(folder))
            lines, ran = page.run_all()
        except Malformed as fault:
            print(f"{sys.argv[3]}: {fault}", file=sys.stderr)
            sys.exit(2)
    if sys.argv[4:]:
        with open(document, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        return
    if page.faults:
        print("\n\n".join(page.faults))
        sys.exit(f"{sys.argv[3]} says other than what is printed; to take it: {' '.join(sys.argv)} --write")
    print(f"{ran} console blocks print what the document says")


if __name__ == "__main__":
    main()
