// SPDX-License-Identifier: GPL-3.0-or-later
// KLayout as a reader that is not ours: runs a script of this folder on files in a scratch folder.
#pragma once

#define BOOST_BIND_GLOBAL_PLACEHOLDERS // Boost 1.74 asks for it in its own JSON parser
#include <boost/property_tree/json_parser.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

namespace beachfront::geometry::test {

/// A folder that goes away with it.
struct Scratch {
  std::filesystem::path path;
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "beachfront-layout-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw std::runtime_error("no temporary directory");
    path = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::filesystem::remove_all(path); }

  /// Returns the path of the file.
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
    return path / name;
  }
};

inline bool has_klayout() {
  return std::system("command -v klayout > /dev/null") == 0;
}

/// The JSON that the script writes into the file of its variable `report`. Throws where KLayout or the script fails.
inline boost::property_tree::ptree klayout(const Scratch& scratch, const std::string& script,
                                           const std::map<std::string, std::string>& variables) {
  const std::string report = scratch.path / "report.json";
  std::string command = "klayout -b -r " BEACHFRONT_SOURCE_DIR "/tests/geometry/" + script + " -rd report=" + report;
  for (const auto& [name, value] : variables)
    command += " -rd " + name + "=" + value;
  if (std::system((command + " > /dev/null").c_str()) != 0)
    throw std::runtime_error("failed: " + command);
  boost::property_tree::ptree found;
  boost::property_tree::read_json(report, found);
  return found;
}

} // namespace beachfront::geometry::test
