// SPDX-License-Identifier: GPL-3.0-or-later
// Clocks and options that the benches share.
#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace beachfront::bench {

inline double wall_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Processor time of all threads: what other programs take of the machine is not counted.
inline double cpu_s() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Of the whole program so far.
inline double peak_MB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// A word of the command line and what it does. With a value, the word after it.
struct Option {
  std::string name;
  bool has_value = true;
  std::function<void(const std::string& value)> take;
};

inline Option flag(const std::string& name, bool& set) {
  return {name, false, [&set](const std::string&) { set = true; }};
}

inline Option text(const std::string& name, std::string& into) {
  return {name, true, [&into](const std::string& value) { into = value; }};
}

/// Not below 1.
inline Option count(const std::string& name, int& into) {
  return {name, true, [&into](const std::string& value) { into = std::max(1, std::stoi(value)); }};
}

/// Throws std::invalid_argument with the usage where a word is unknown or its value is missing.
inline void read_options(int argc, char** argv, const std::vector<Option>& options, const std::string& usage) {
  for (int i = 1; i < argc; ++i) {
    const auto option =
        std::find_if(options.begin(), options.end(), [&](const Option& known) { return known.name == argv[i]; });
    if (option == options.end() || (option->has_value && i + 1 == argc))
      throw std::invalid_argument("usage: " + usage);
    option->take(option->has_value ? argv[++i] : "");
  }
}

} // namespace beachfront::bench
