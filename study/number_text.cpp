// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace beachfront::study {
namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// Length of the leading decimal number, 0 if there is none.
std::size_t number_length(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && digit(text[at]))
      ++at;
    return at - start;
  };
  if (at < text.size() && (text[at] == '-' || text[at] == '+'))
    ++at;
  std::size_t count = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    count += digits();
  }
  if (count == 0)
    return 0;
  const std::size_t mantissa = at;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
      ++at;
    if (digits() == 0)
      return mantissa;
  }
  return at;
}

/// "007" and "0755" are octal to some readers and decimal to others.
bool leading_zero(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+'))
    text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && digit(text[1]);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

} // namespace

std::optional<double> parse_number(std::string_view text) {
  if (number_length(text) != text.size() || text.empty() || leading_zero(text))
    return std::nullopt;
  if (text[0] == '+') // from_chars takes no plus
    text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value == 0 ? 0.0 : value;
}

std::string number_hint(std::string_view text) {
  const std::string small = lower(text);
  for (const char* word : {"nan", ".nan", "inf", ".inf", "-inf", "-.inf", "+.inf", "infinity", "-infinity"})
    if (small == word)
      return "write a finite number";
  if (small.starts_with("0x") || small.starts_with("0o"))
    return "write a decimal number";
  const std::size_t n = number_length(text);
  if (n == 0)
    return "";
  if (leading_zero(text))
    return "write it without leading zeros";
  if (n == text.size())
    return "it is too large or too small for a number";
  const std::string number(text.substr(0, n));
  std::string_view rest = text.substr(n);
  if (rest[0] == ',' || rest[0] == '_' || rest[0] == '\'')
    return "write a decimal point and no grouping, as 1234.5";
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  const bool unit = !rest.empty() && !digit(rest[0]) && rest[0] != '-' && rest[0] != '+' && rest[0] != '.' &&
                    rest.find_first_of("0123456789") == std::string_view::npos;
  const bool unit_with_power = rest.starts_with("mm2") || rest.starts_with("W/m2") || rest.starts_with("m2");
  if (unit || unit_with_power)
    return fmt::format("write {} and keep the unit in the key", number);
  return "";
}

std::string print_number(double value) {
  constexpr double exact_whole = 1e15; // every whole double below is printed exactly
  if (value == 0)
    return "0";
  if (std::abs(value) < exact_whole && std::trunc(value) == value)
    return fmt::format("{:.0f}", value);
  return fmt::format("{}", value);
}

} // namespace beachfront::study
