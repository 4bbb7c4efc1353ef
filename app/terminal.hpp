// SPDX-License-Identifier: GPL-3.0-or-later
// What the terminal behind stdout can show.
#pragma once

#include "study/text_style.hpp"

namespace beachfront::app {

/// Plain unless stdout is a terminal. Block characters where the locale (LC_ALL, LC_CTYPE, LANG) says UTF-8; colours
/// unless NO_COLOR holds a text (no-color.org) or TERM is empty or dumb.
study::TextStyle terminal_style();

} // namespace beachfront::app
