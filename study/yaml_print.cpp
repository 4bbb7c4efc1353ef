// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/number_text.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace beachfront::study {
namespace {

enum class Style { block, flow };

/// Whether a text reads back as the same text without quotes.
bool plain(const Node& node, Style style) {
  const std::string& text = node.text;
  std::string harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-() ";
  harmless += style == Style::block ? ",;=" : "";
  if (text.empty() || text.find_first_not_of(harmless) != std::string::npos || text.front() == ',')
    return false;
  if (text.front() == ' ' || text.back() == ' ' || text.starts_with("- ") || text == "-" || text.starts_with("---"))
    return false;
  const bool null_word = text == "null" || text == "Null" || text == "NULL";
  const bool means_other = parse_number(text) || text == "true" || text == "false" || text == "..." || null_word;
  return !(node.quoted && means_other) && !null_word;
}

std::string quote(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string origin_text(const Node& node) {
  switch (node.origin.kind) {
  case OriginKind::default_value:
    return "default";
  case OriginKind::library:
    return "library: " + node.origin.name;
  case OriginKind::set:
    return node.mark.file;
  case OriginKind::file:
    break;
  }
  return fmt::format("{}:{}", std::filesystem::path(node.mark.file).filename().string(), node.mark.line);
}

bool is_leaf(const Node& node) {
  const auto scalar = [](const Node& item) { return item.kind == NodeKind::scalar; };
  return node.kind == NodeKind::null || node.kind == NodeKind::scalar ||
         (node.kind == NodeKind::list && std::all_of(node.items.begin(), node.items.end(), scalar)) ||
         (node.kind == NodeKind::map && node.entries.empty());
}

std::string leaf_text(const Node& node, Style style = Style::block) {
  switch (node.kind) {
  case NodeKind::null:
    return "null";
  case NodeKind::map:
    return "{}";
  case NodeKind::scalar:
    return plain(node, style) ? node.text : quote(node.text);
  case NodeKind::list:
    break;
  }
  std::string out = "[";
  for (const Node& item : node.items)
    out += (out.size() > 1 ? ", " : "") + leaf_text(item, Style::flow);
  return out + "]";
}

struct Printer {
  Origins origins;
  std::string out;

  void comment(const Node& node) {
    if (origins == Origins::shown)
      out += "  # " + origin_text(node);
    out += '\n';
  }

  /// `first` is what stands before the first line: nothing, or "- " of a list.
  void print(const Node& node, std::size_t indent, std::string first) {
    const auto lead = [&] {
      out += first.empty() ? std::string(indent, ' ') : first;
      first.clear();
    };
    if (is_leaf(node)) {
      lead();
      out += leaf_text(node);
      comment(node);
      return;
    }
    for (const Entry& entry : node.entries) {
      lead();
      Node key;
      key.text = entry.key;
      out += (plain(key, Style::block) ? entry.key : quote(entry.key)) + ":";
      if (is_leaf(entry.value)) {
        out += " " + leaf_text(entry.value);
        comment(entry.value);
      } else {
        out += '\n';
        print(entry.value, indent + 2, "");
      }
    }
    for (const Node& item : node.items) {
      const std::string dash = (first.empty() ? std::string(indent, ' ') : first) + "- ";
      first.clear();
      print(item, indent + 2, dash);
    }
  }
};

} // namespace

std::string print_yaml(const Node& node, Origins origins) {
  Printer printer{origins, ""};
  printer.print(node, 0, "");
  return std::move(printer.out);
}

} // namespace beachfront::study
