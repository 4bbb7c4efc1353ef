// SPDX-License-Identifier: GPL-3.0-or-later
// A block of docs/validation-thermal.md between two marks that a test writes.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace beachfront::thermal {

struct CommittedBlock {
  std::string begin, end; ///< marks, each a line
};

inline const std::string validation_document = std::string(BEACHFRONT_SOURCE_DIR) + "/docs/validation-thermal.md";

inline std::string text_of(const std::string& path) {
  std::ifstream stream(path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// What stands between the marks. std::runtime_error when a mark is missing.
inline std::string committed(const CommittedBlock& block) {
  const std::string text = text_of(validation_document);
  const std::size_t from = text.find(block.begin), to = text.find(block.end);
  if (from == std::string::npos || to == std::string::npos)
    throw std::runtime_error(validation_document + " has lost the marks " + block.begin);
  return text.substr(from + block.begin.size(), to - from - block.begin.size());
}

inline void commit(const CommittedBlock& block, const std::string& between) {
  std::string text = text_of(validation_document);
  const std::size_t from = text.find(block.begin) + block.begin.size();
  text.replace(from, committed(block).size(), between);
  std::ofstream(validation_document) << text;
}

} // namespace beachfront::thermal
