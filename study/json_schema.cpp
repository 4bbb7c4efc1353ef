// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/json_schema.hpp"

#include "study/tree_json.hpp"
#include "study/yaml.hpp"

#include <cmath>
#include <set>

namespace beachfront::study {
namespace {

using Json = nlohmann::ordered_json;

/// A library entry is described once, and again with every key optional for `{use: name, ...}`.
enum class Completeness { whole, changes };

struct Writer {
  std::set<std::string> sections; ///< referred to, to be described under $defs

  Json value(const Key& key, Completeness completeness);
  Json block(const Key& key, Completeness completeness);
};

Json number(const Key& key) {
  Json out{{"type", key.kind == KeyKind::integer ? "integer" : "number"}};
  if (std::isfinite(key.range.low))
    out[key.range.low_open ? "exclusiveMinimum" : "minimum"] = number_json(key.range.low);
  if (std::isfinite(key.range.high))
    out[key.range.high_open ? "exclusiveMaximum" : "maximum"] = number_json(key.range.high);
  if (!key.words.empty() || key.list_too) {
    Json any = Json::array({out});
    if (key.list_too)
      any.push_back({{"type", "array"}, {"items", out}, {"minItems", 1}});
    if (!key.words.empty())
      any.push_back({{"enum", key.words}});
    return {{"anyOf", any}};
  }
  return out;
}

Json list_of(const Key& key, Json items) {
  Json out{{"type", "array"}, {"items", std::move(items)}};
  if (key.range.low > 0)
    out["minItems"] = number_json(key.range.low);
  if (std::isfinite(key.range.high))
    out["maxItems"] = number_json(key.range.high);
  if (key.unique)
    out["uniqueItems"] = true;
  return out;
}

Json reference(const std::string& section) {
  return {{"anyOf", Json::array({{{"type", "string"}, {"minLength", 1}},
                                 {{"$ref", "#/$defs/" + section}},
                                 {{"$ref", "#/$defs/" + section + "-changed"}}})}};
}

/// The rules that hold between the keys of a block.
Json between_keys(const OneOf& choice) {
  Json rules = Json::array();
  Json present = Json::array();
  for (std::size_t i = 0; i < choice.alternatives.size(); ++i) {
    present.push_back({{"required", choice.alternatives[i]}});
    for (std::size_t k = i + 1; k < choice.alternatives.size(); ++k) {
      for (const std::string& one : choice.alternatives[i])
        for (const std::string& other : choice.alternatives[k])
          rules.push_back({{"not", {{"required", {one, other}}}}});
    }
    if (choice.alternatives[i].size() > 1) {
      Json together = Json::object();
      for (const std::string& one : choice.alternatives[i])
        together[one] = choice.alternatives[i];
      rules.push_back({{"dependentRequired", together}});
    }
  }
  if (choice.needed)
    rules.push_back({{"anyOf", present}});
  return rules;
}

Json Writer::block(const Key& key, Completeness completeness) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Key& child : key.keys) {
    properties[child.name] = value(child, completeness);
    if (child.presence == Presence::required)
      required.push_back(child.name);
  }
  Json out{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  if (completeness == Completeness::changes)
    return out;
  if (!required.empty())
    out["required"] = required;
  Json rules = Json::array();
  for (const OneOf& choice : key.one_of)
    for (Json& rule : between_keys(choice))
      rules.push_back(std::move(rule));
  if (!rules.empty())
    out["allOf"] = rules;
  return out;
}

std::string description(const Key& key) {
  const std::string unit = unit_text(key);
  return unit.empty() ? key.sentence : key.sentence + " In " + unit + ".";
}

Json Writer::value(const Key& key, Completeness completeness) {
  Json out;
  switch (key.kind) {
  case KeyKind::number:
  case KeyKind::integer:
    out = number(key);
    break;
  case KeyKind::flag:
    out = {{"type", "boolean"}};
    break;
  case KeyKind::text:
    out = {{"type", "string"}, {"minLength", 1}};
    break;
  case KeyKind::choice:
    out = {{"enum", key.words}};
    break;
  case KeyKind::list:
    out = list_of(key, value(key.keys[0], Completeness::whole));
    break;
  case KeyKind::block:
    out = block(key, completeness);
    break;
  case KeyKind::variant: {
    Json blocks = Json::array();
    for (const Key& alternative : key.keys) {
      Key with_kind = alternative;
      with_kind.keys.insert(with_kind.keys.begin(), choice("kind", {alternative.name}, alternative.sentence));
      blocks.push_back(block(with_kind, Completeness::whole));
    }
    out = {{"oneOf", blocks}};
    break;
  }
  case KeyKind::map:
    out = {{"type", "object"}, {"additionalProperties", value(key.keys[0], Completeness::whole)}};
    break;
  case KeyKind::entry:
    sections.insert(key.section);
    out = reference(key.section);
    break;
  case KeyKind::any:
    out = Json::object();
    break;
  }
  out["description"] = description(key);
  if (!key.fallback.empty())
    out["default"] = to_json(parse_value(key.fallback, {}));
  return out;
}

} // namespace

nlohmann::ordered_json json_schema(const Key& schema) {
  Writer writer;
  Json out{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", schema.sentence}};
  out.update(writer.block(schema, Completeness::whole));
  Json definitions = Json::object();
  while (true) { // entries may refer to further sections
    std::set<std::string> missing;
    for (const std::string& section : writer.sections)
      if (!definitions.contains(section))
        missing.insert(section);
    if (missing.empty())
      break;
    for (const std::string& section : missing) {
      const Key& entry = entry_schema(section);
      definitions[section] = writer.value(entry, Completeness::whole);
      Json changed = writer.value(entry, Completeness::changes);
      changed["properties"]["use"] = {{"type", "string"}, {"minLength", 1}, {"description", "The entry to change."}};
      changed["required"] = {"use"};
      definitions[section + "-changed"] = changed;
    }
  }
  if (!definitions.empty())
    out["$defs"] = definitions;
  return out;
}

} // namespace beachfront::study
