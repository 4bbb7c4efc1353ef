// SPDX-License-Identifier: GPL-3.0-or-later
// What the reader of a text can show beyond plain characters.
#pragma once

namespace beachfront::study {

/// Plain ASCII by default, as for a file or a pipe.
struct TextStyle {
  bool blocks = false;  ///< Unicode block and line drawing characters
  bool colours = false; ///< the eight colours of ANSI X3.64
};

} // namespace beachfront::study
