// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/difference.hpp"

#include "study/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {
namespace {

bool same_scalar(const Node& a, const Node& b) {
  const std::optional<double> x = a.quoted ? std::nullopt : parse_number(a.text);
  const std::optional<double> y = b.quoted ? std::nullopt : parse_number(b.text);
  return x && y ? *x == *y : x.has_value() == y.has_value() && a.text == b.text;
}

void compare(const Node& was, const Node& now, const std::string& path, std::vector<std::string>& out) {
  if (was.kind != now.kind) {
    out.push_back(fmt::format("{}: was {}, now {}", path, describe(was), describe(now)));
    return;
  }
  if (was.kind == NodeKind::scalar && !same_scalar(was, now))
    out.push_back(fmt::format("{}: was {}, now {}", path, describe(was), describe(now)));
  for (const Entry& entry : was.entries) {
    const std::string below = path.empty() ? entry.key : path + "." + entry.key;
    if (const Entry* other = now.find(entry.key))
      compare(entry.value, other->value, below, out);
    else
      out.push_back(fmt::format("{}: was {}, now absent", below, describe(entry.value)));
  }
  for (const Entry& entry : now.entries) {
    if (!was.find(entry.key)) {
      out.push_back(
          fmt::format("{}{}{}: was absent, now {}", path, path.empty() ? "" : ".", entry.key, describe(entry.value)));
    }
  }
  if (was.items.size() != now.items.size())
    out.push_back(fmt::format("{}: was {}, now {}", path, describe(was), describe(now)));
  for (std::size_t i = 0; i < std::min(was.items.size(), now.items.size()); ++i)
    compare(was.items[i], now.items[i], fmt::format("{}[{}]", path, i), out);
}

} // namespace

std::vector<std::string> differences(const Node& was, const Node& now) {
  std::vector<std::string> out;
  compare(was, now, "", out);
  return out;
}

} // namespace beachfront::study
