// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and columns of a text, and the faults of its bytes.
#pragma once

#include "study/input_error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// The lines of a text, to turn line and column from 0, in bytes, into marks from 1, in characters as editors count.
struct TextMarks {
  std::string name; ///< of the file
  std::vector<std::string_view> lines;
  const Mark* fixed = nullptr; ///< every mark is this one; for a text that is no file

  /// A negative line gives the mark of the whole file.
  Mark operator()(int line, int column) const;
};

/// The text must outlive the result.
TextMarks marks_of(std::string_view text, const std::string& name);

/// Whether the quoted scalar that starts there ends before the text does: the YAML library takes an unclosed quote
/// after a last line break for closed. True as well where no quote starts. Line and column from 0, in bytes.
bool quote_is_closed(const TextMarks& marks, int line, int column);

/// Throws InputError at what a YAML library would accept or report badly: tabs in the indentation, control characters,
/// bytes that are no UTF-8.
void check_bytes(const TextMarks& marks);

} // namespace beachfront::study
