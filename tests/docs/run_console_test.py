#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner of documents finds what is wrong, and only that."""

import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


class RunConsole(unittest.TestCase):
    def run_page(self, page, *options):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "designs"))
            document = os.path.join(folder, "page.md")
            with open(document, "w", encoding="utf-8") as file:
                file.write(page)
            done = subprocess.run([sys.executable, os.path.join(HERE, "run_console.py"), "/bin/echo", folder, document,
                                   *options], capture_output=True, text=True)
            with open(document, encoding="utf-8") as file:
                return done.returncode, done.stdout + done.stderr, file.read()

    def check(self, expected_code, *block):
        return self.assertEqual(self.run_page("\n".join(("```console", *block, "```", "")))[0], expected_code)

    def test_what_is_printed_must_be_the_same(self):
        self.check(0, "$ echo a 1.25", "a 1.25")
        self.check(1, "$ echo a 1.25", "a 1.26")
        self.check(1, "$ echo a; echo b", "a")
        self.check(1, "$ echo a", "a", "b")
        self.check(1, "$ echo a")
        self.check(0, "$ true", "$ echo error >&2", "error")

    def test_elisions(self):
        self.check(0, "$ seq 9", "1", "...", "8", "9")
        self.check(1, "$ seq 9", "1", "...", "8")
        self.check(1, "$ seq 9", "1", "...", "10", "...")
        self.check(0, "$ echo took 5 s, found 7", "took ... s, found 7")
        self.check(1, "$ echo took 5 s, found 8", "took ... s, found 7")
        self.check(0, "$ echo 'a.b'", "a.b")
        self.check(1, "$ echo 'axb'", "a.b")

    def test_commands_share_a_clean_folder_and_the_exit_code(self):
        self.check(0, "$ ls", "$ cat > x <<'END'", "> one", "> two", "> END", "$ cat x", "one", "two")
        self.check(0, "$ false", "$ echo $?", "1")
        self.check(0, "$ beachfront hello", "hello")

    def test_folders_of_the_source_are_there_where_they_are_named(self):
        self.check(0, "$ ls", "designs", "$ ls -d designs/", "designs/")
        self.check(0, "$ ls", "source", "$ ls -d source/designs", "source/designs")
        self.check(0, "$ ls", "$ echo out/designs/ 9 designs, a source", "out/designs/ 9 designs, a source")
        self.assertEqual(self.run_page("```yaml file=a.yaml\nbase: designs/b.yaml\n```\n```console\n$ ls\na.yaml\ndesigns\n```\n")[0], 0)

    def test_files_are_written_for_the_commands(self):
        page = "```yaml file=a.yaml\nkey: 1\n```\n\n```console\n$ cat a.yaml\nkey: {}\n```\n"
        self.assertEqual(self.run_page(page.format(1))[0], 0)
        self.assertEqual(self.run_page(page.format(2))[0], 1)

    def test_what_is_marked_is_not_run(self):
        self.assertEqual(self.run_page("```console norun: takes an hour\n$ false\nno\n```\n\n```sh\n$ false\n```\n")[0], 0)

    def test_malformed_blocks_are_told(self):
        for block in ("```console\necho a\n```\n", "```console\n```\n", "```console norun\n$ true\n```\n",
                      "```console\n$ true\n", "```console\n$ true\n```sh\n```\n"):
            self.assertEqual(self.run_page(block)[0], 2, block)

    def test_write_takes_what_is_printed_and_keeps_elisions(self):
        page = "text\n\n```console\n$ seq 3\n9\n$ printf 'a 1\\nb 2\\nc 3\\n'\n...\nb 7\n...\n```\nmore\n"
        good = "text\n\n```console\n$ seq 3\n1\n2\n3\n$ printf 'a 1\\nb 2\\nc 3\\n'\n...\nb 2\n...\n```\nmore\n"
        code, _, written = self.run_page(page, "--write")
        self.assertEqual((code, written), (0, good))
        self.assertEqual(self.run_page(good, "--write")[2], good)
        apart = "```console\n$ printf 'a 1\\nnew\\nb 2\\n'\na 7\nb 7\n...\n```\n"
        self.assertIn("\na 1\n...\nb 2\n...\n", self.run_page(apart, "--write")[2])


if __name__ == "__main__":
    unittest.main()
