// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/input_error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace beachfront::study {

std::string to_string(const Mark& mark) {
  return mark.line > 0 ? fmt::format("{}:{}:{}", mark.file, mark.line, mark.column) : mark.file;
}

InputError::InputError(Mark where, std::string key_path, std::string problem)
    : std::runtime_error(key_path.empty() ? fmt::format("{}: {}", to_string(where), problem)
                                          : fmt::format("{}: {}: {}", to_string(where), key_path, problem)),
      file(std::move(where.file)), line(where.line), column(where.column), path(std::move(key_path)) {}

namespace {

/// "; did you mean 'NEAREST'? HINT", as much of it as there is.
std::string advice(const std::string& nearest, const std::string& hint) {
  if (nearest.empty())
    return hint.empty() ? "" : "; " + hint;
  return fmt::format("; did you mean '{}'?{}{}", nearest, hint.empty() ? "" : " ", hint);
}

} // namespace

InputError bad_value(const Mark& where, const std::string& path, const std::string& found, const std::string& allowed,
                     const std::string& nearest, const std::string& hint) {
  InputError error(where, path, fmt::format("found {}; must be {}{}", found, allowed, advice(nearest, hint)));
  error.found = found;
  error.allowed = allowed;
  error.nearest = nearest;
  return error;
}

InputError unknown_key(const Mark& where, const std::string& path, const std::string& key,
                       const std::vector<std::string>& allowed, const std::string& nearest, const std::string& hint) {
  const std::string list = fmt::format("{}", fmt::join(allowed, ", "));
  const std::string end = nearest.empty() || !hint.empty() ? "; " : " "; // a question mark needs no semicolon
  InputError error(where, path,
                   fmt::format("unknown key '{}'{}{}allowed here: {}", key, advice(nearest, hint), end, list));
  error.found = key;
  error.allowed = list;
  error.nearest = nearest;
  return error;
}

InputError missing_key(const Mark& where, const std::string& path, const std::string& allowed) {
  InputError error(where, path, fmt::format("missing; must be {}", allowed));
  error.allowed = allowed;
  return error;
}

std::string problem(const InputError& error) {
  const std::string place = to_string({error.file, error.line, error.column}) + ": ";
  const std::string whole = error.what();
  return whole.starts_with(place) ? whole.substr(place.size()) : whole;
}

} // namespace beachfront::study
