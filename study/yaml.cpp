// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/yaml.hpp"

#include "study/hash.hpp"
#include "study/number_text.hpp"
#include "study/spelling.hpp"
#include "study/text_marks.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 64;
constexpr std::size_t most_values = 200'000;
constexpr std::uintmax_t largest_file = 16U << 20U;

std::size_t count_values(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items)
    count += count_values(item);
  for (const Entry& entry : node.entries)
    count += count_values(entry.value);
  return count;
}

std::size_t depth_of(const Node& node) {
  std::size_t depth = 0;
  for (const Node& item : node.items)
    depth = std::max(depth, depth_of(item));
  for (const Entry& entry : node.entries)
    depth = std::max(depth, depth_of(entry.value));
  return depth + 1;
}

/// Builds the tree from the library's events. Its own tree would keep duplicate keys and expand aliases unbounded.
class Builder : public YAML::EventHandler {
public:
  explicit Builder(const TextMarks& all_marks) : marks(all_marks) {}

  Node root;
  int documents = 0;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents > 1)
      throw InputError(marks(mark.line, mark.column), "", "found a second document ('---'); must be one");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(make(NodeKind::null, mark), anchor); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Mark where = marks(mark.line, mark.column);
    const auto at = anchors.find(anchor);
    if (at == anchors.end())
      throw InputError(where, path(), "found an alias to the value it stands in; must be an earlier value");
    values += count_values(at->second);
    check_size(where);
    if (open.size() + depth_of(at->second) > deepest)
      throw too_deep(where);
    if (awaits_key())
      throw bad_key(where, "an alias");
    attach(at->second);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    if (tag == "!" && !quote_is_closed(marks, mark.line, mark.column))
      throw InputError(marks(mark.line, mark.column), path(), "not valid YAML: a closing quote is missing");
    if (awaits_key()) {
      set_key(mark, value);
      return;
    }
    Node node = make(NodeKind::scalar, mark);
    node.text = value;
    node.quoted = tag == "!";
    add(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    start(NodeKind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    start(NodeKind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { end(); }

private:
  struct Frame {
    Node node;
    std::string key;
    Mark key_mark;
    bool has_key = false;
    YAML::anchor_t anchor = YAML::NullAnchor;
  };

  const TextMarks& marks;
  std::vector<Frame> open;
  std::map<YAML::anchor_t, Node> anchors;
  std::size_t values = 0;

  Node make(NodeKind kind, const YAML::Mark& mark) const {
    Node node;
    node.kind = kind;
    node.mark = marks(mark.line, mark.column);
    return node;
  }

  bool awaits_key() const { return !open.empty() && open.back().node.kind == NodeKind::map && !open.back().has_key; }

  std::string path() const {
    std::string out;
    for (const Frame& frame : open)
      if (frame.node.kind == NodeKind::list)
        out += fmt::format("[{}]", frame.node.items.size());
      else if (frame.has_key)
        out += (out.empty() ? "" : ".") + frame.key;
    return out;
  }

  InputError too_deep(const Mark& where) const {
    return {where, "", fmt::format("nested too deeply; must be at most {} levels", deepest)};
  }
  InputError bad_key(const Mark& where, const char* found) const {
    return bad_value(where, path(), std::string(found) + " as a key", "a plain word", "", "is a bracket left open?");
  }
  void check_size(const Mark& where) const {
    if (values > most_values)
      throw InputError(where, "", fmt::format("too large; must be at most {} values, aliases expanded", most_values));
  }
  void check_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (!tag.empty() && tag != "?" && tag != "!")
      throw InputError(marks(mark.line, mark.column), path(), fmt::format("found the tag {}; tags are not used", tag));
  }

  void set_key(const YAML::Mark& mark, const std::string& key) {
    Frame& frame = open.back();
    const Mark where = marks(mark.line, mark.column);
    const std::string inside = path();
    const std::string whole = inside.empty() ? key : inside + "." + key;
    if (key == "<<")
      throw InputError(where, whole, "found a merge key; write the keys out, or use a library entry with changes");
    if (key.empty())
      throw bad_key(where, "an empty text");
    if (const Entry* first = frame.node.find(key)) {
      throw bad_value(where, whole, fmt::format("'{}' a second time (first on line {})", key, first->key_mark.line),
                      "given once");
    }
    frame.key = key;
    frame.key_mark = where;
    frame.has_key = true;
  }

  void start(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    check_tag(mark, tag);
    const Mark where = marks(mark.line, mark.column);
    if (awaits_key())
      throw bad_key(where, kind == NodeKind::map ? "a map" : "a list");
    if (open.size() >= deepest)
      throw too_deep(where);
    ++values;
    check_size(where);
    Frame frame;
    frame.node = make(kind, mark);
    frame.anchor = anchor;
    open.push_back(std::move(frame));
  }

  void end() {
    Frame done = std::move(open.back());
    open.pop_back();
    if (done.anchor != YAML::NullAnchor)
      anchors[done.anchor] = done.node;
    attach(std::move(done.node));
  }

  void add(Node node, YAML::anchor_t anchor) {
    if (awaits_key())
      throw bad_key(node.mark, "nothing");
    ++values;
    check_size(node.mark);
    if (anchor != YAML::NullAnchor)
      anchors[anchor] = node;
    attach(std::move(node));
  }

  void attach(Node node) {
    if (open.empty()) {
      root = std::move(node);
      return;
    }
    Frame& frame = open.back();
    if (frame.node.kind == NodeKind::list) {
      frame.node.items.push_back(std::move(node));
      return;
    }
    if (node.kind == NodeKind::null) // the library marks what follows
      node.mark = frame.key_mark;
    frame.node.entries.push_back({frame.key, frame.key_mark, std::move(node)});
    frame.has_key = false;
  }
};

std::string reason(const std::string& message) {
  static const std::map<std::string, std::string> plain{
      {YAML::ErrorMsg::MAP_VALUE, "a ':' where no key can be: is the indentation right, does a text need quotes?"},
      {YAML::ErrorMsg::END_OF_MAP, "the map is not closed, or the indentation is wrong"},
      {YAML::ErrorMsg::END_OF_MAP_FLOW, "a '}' is missing, or a text with [ ] { } or , needs quotes"},
      {YAML::ErrorMsg::END_OF_SEQ, "the list is not closed, or the indentation is wrong"},
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, "a ']' is missing, or a text with [ ] { } or , needs quotes"},
      {YAML::ErrorMsg::EOF_IN_SCALAR, "a closing quote is missing"},
  };
  const auto at = plain.find(message);
  return at == plain.end() ? message : at->second;
}

Node read(std::string_view text, const TextMarks& marks) {
  Builder builder(marks);
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    throw InputError(marks(error.mark.line, error.mark.column), "", "not valid YAML: " + reason(error.msg));
  }
  return std::move(builder.root);
}

std::string nearest_file(const fs::path& file) {
  std::vector<std::string> beside;
  std::error_code ignored;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end; at.increment(ignored))
    beside.push_back(at->path().filename().string());
  std::sort(beside.begin(), beside.end());
  const std::string near = nearest(file.filename().string(), beside);
  return near.empty() ? "" : (file.parent_path() / near).string();
}

} // namespace

Tree parse_tree(std::string_view text, const std::string& name) {
  const Mark whole{name, 0, 0};
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE"))
    throw InputError(whole, "", "is UTF-16; save the file as UTF-8");
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  const TextMarks marks = marks_of(text, name);
  check_bytes(marks);
  Tree tree{name, read(text, marks), hash_text(text)};
  if (tree.node.kind == NodeKind::null)
    throw InputError(whole, "", "is empty; must be a map of keys and values");
  if (tree.node.kind != NodeKind::map)
    throw bad_value(tree.node.mark, "", describe(tree.node), "a map of keys and values");
  return tree;
}

Tree load_tree(const fs::path& file) {
  const Mark whole{file.string(), 0, 0};
  std::error_code code;
  const fs::file_status status = fs::status(file, code);
  if (!fs::exists(status)) {
    const std::string near = nearest_file(file);
    InputError error(whole, "", "no such file" + (near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
    error.nearest = near;
    throw error;
  }
  if (!fs::is_regular_file(status)) {
    throw InputError(whole, "",
                     fs::is_directory(status) ? "is a folder; must be a YAML file" : "must be a regular file");
  }
  if (fs::file_size(file, code) > largest_file)
    throw InputError(whole, "", fmt::format("is larger than {} MB; must be a YAML file", largest_file >> 20U));
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream || stream.bad())
    throw InputError(whole, "", "cannot be read; look at its permissions");
  return parse_tree(text.str(), file.string());
}

Node parse_value(std::string_view text, const Mark& where) {
  TextMarks marks = marks_of(text, where.file);
  marks.fixed = &where;
  check_bytes(marks);
  Node node = read(text, marks);
  if (node.kind == NodeKind::null)
    node.mark = where;
  return node;
}

} // namespace beachfront::study
