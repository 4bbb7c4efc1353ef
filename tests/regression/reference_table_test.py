#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How reference_table.py prints and compares numbers."""

import sys
import unittest

sys.dont_write_bytecode = True  # nothing is left in the source tree
import reference_table as table


class Digits(unittest.TestCase):
    def test_three_in_all(self):
        for value, expected in ((0.2881185, "0.288"), (712.876, "713"), (-81.26, "-81.3"), (9.996, "10.0"),
                                (0.09996, "0.100"), (2983.17, "2980"), (0, "0"), (16, "16"), ("yes", "yes")):
            self.assertEqual(table.text(value), expected)

    def test_a_move_below_its_digit_is_zero(self):
        self.assertEqual(table.text(-0.004, 2), "0")
        self.assertEqual(table.text(-0.006, 2), "-0.01")


class Comparison(unittest.TestCase):
    def test_one_unit_of_the_last_digit_is_forgiven(self):
        self.assertTrue(table.same("| 0.288 | +0.00 dB |", "| 0.289 | -0.00 dB |"))
        self.assertTrue(table.same("a flaw releases 32.73 J/m2", "a flaw releases 32.80 J/m2"))  # the third digit

    def test_more_is_not(self):
        self.assertFalse(table.same("| 0.288 |", "| 0.290 |"))
        self.assertFalse(table.same("| 2980 |", "| 3000 |"))
        self.assertFalse(table.same("| 5 |", "| -5 |"))

    def test_words_and_missing_figures_count(self):
        self.assertFalse(table.same("| yes |", "| no |"))
        self.assertFalse(table.same("| 0.288 |", "| - |"))
        self.assertFalse(table.same("Warnings: none.", "Warnings: (1) glass splitting."))


if __name__ == "__main__":
    unittest.main()
