// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_analysis.hpp"

#include "study/pareto.hpp"
#include "study/sensitivity.hpp"
#include "study/sweep.hpp"
#include "study/sweep_answers.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace beachfront::study {
namespace {

constexpr std::size_t representatives = 12;

std::int64_t count(const SweepTable& table, Status status) {
  return std::count_if(table.rows.begin(), table.rows.end(),
                       [status](const SweepRow& row) { return row.status == status; });
}

/// The rows that the plan drew, without those of a search.
SweepTable rows_of_plan(const SweepPlan& plan, const SweepTable& table) {
  SweepTable out{table.figures, {}};
  std::copy_if(table.rows.begin(), table.rows.end(), std::back_inserter(out.rows),
               [&](const SweepRow& row) { return row.point < plan.size; });
  return out;
}

Json designs_json(const SweepPlan& plan, const SweepTable& table, const SweepTable& planned,
                  const std::vector<bool>& good) {
  return {{"planned", plan.size},
          {"done", planned.rows.size()},
          {"searched", table.rows.size() - planned.rows.size()},
          {"ok", count(table, Status::ok)},
          {"infeasible", count(table, Status::infeasible)},
          {"failed", count(table, Status::error)},
          {"good", std::count(good.begin(), good.end(), true)}};
}

Json parameters_json(const SweepPlan& plan, const SweepTable& table) {
  Json all = Json::array();
  for (const ParameterColumn& column : parameter_columns(plan, table)) {
    Json parameter = {{"parameter", column.name}, {"kind", column.numeric ? "number" : "choice"}};
    if (column.numeric && !column.numbers.empty()) {
      const auto [least, greatest] = std::minmax_element(column.numbers.begin(), column.numbers.end());
      parameter.update({{"min", *least}, {"max", *greatest}});
    } else if (!column.numeric) {
      std::vector<std::string> names;
      for (const std::string& name : column.choices)
        if (std::find(names.begin(), names.end(), name) == names.end())
          names.push_back(name);
      parameter["choices"] = names;
    }
    all.push_back(std::move(parameter));
  }
  return all;
}

Json rules_json(const std::vector<Reason>& reasons) {
  Json all = Json::array();
  for (const Reason& reason : reasons) {
    all.push_back({{"status", to_string(reason.status)},
                   {"rule", reason.rule},
                   {"designs", reason.designs},
                   {"first_point", reason.first},
                   {"message", reason.message}});
  }
  return all;
}

/// Of the designs that are ok: how many each constraint takes out, and how many it alone.
Json constraints_json(const SweepGoals& goals, const SweepTable& table) {
  Json all = Json::array();
  std::vector<std::int64_t> broken(goals.constraints.size());
  std::vector<std::int64_t> alone(goals.constraints.size());
  std::vector<std::int64_t> absent(goals.constraints.size());
  for (const SweepRow& row : table.rows) {
    if (row.status != Status::ok)
      continue;
    std::vector<std::size_t> breaks;
    for (std::size_t c = 0; c < goals.constraints.size(); ++c) {
      const double value = row.figures[place_of(table, goals.constraints[c].figure)];
      absent[c] += std::isfinite(value) ? 0 : 1;
      if (!std::isfinite(value) || excess(goals.constraints[c], value) > 0)
        breaks.push_back(c);
    }
    for (const std::size_t c : breaks)
      ++broken[c];
    if (breaks.size() == 1)
      ++alone[breaks.front()];
  }
  for (std::size_t c = 0; c < goals.constraints.size(); ++c) {
    Json constraint = {{"figure", goals.constraints[c].figure}};
    if (std::isfinite(goals.constraints[c].min))
      constraint["min"] = goals.constraints[c].min;
    if (std::isfinite(goals.constraints[c].max))
      constraint["max"] = goals.constraints[c].max;
    constraint.update({{"broken", broken[c]}, {"broken_alone", alone[c]}, {"absent", absent[c]}});
    all.push_back(std::move(constraint));
  }
  return all;
}

Json objectives_json(const SweepGoals& goals) {
  Json all = Json::array();
  for (const Objective& objective : goals.objectives)
    all.push_back({{"figure", objective.figure}, {"goal", to_string(objective.goal)}});
  return all;
}

/// The good rows that have every objective, and their costs.
struct Ranked {
  std::vector<std::size_t> rows; ///< places in the table
  std::vector<Costs> costs;
};

Ranked ranked_rows(const SweepGoals& goals, const SweepTable& table, const std::vector<bool>& good) {
  Ranked out;
  for (std::size_t k = 0; k < table.rows.size(); ++k) {
    Costs costs;
    for (std::size_t m = 0; m < goals.objectives.size(); ++m) {
      const double value = table.rows[k].figures[place_of(table, goals.objectives[m].figure)];
      if (std::isfinite(value))
        costs.push_back(cost(goals.objectives[m], value));
    }
    if (!good[k] || costs.size() < goals.objectives.size())
      continue;
    out.rows.push_back(k);
    out.costs.push_back(std::move(costs));
  }
  return out;
}

Json row_json(const SweepTable& table, const SweepRow& row) {
  Json figures = Json::object();
  for (std::size_t f = 0; f < table.figures.size(); ++f)
    if (std::isfinite(row.figures[f]))
      figures[table.figures[f]] = row.figures[f];
  return {{"point", row.point}, {"parameters", row.parameters}, {"figures", std::move(figures)}};
}

Json hypervolume_json(const SweepGoals& goals, const std::vector<Costs>& front) {
  Costs reference = reference_point(front);
  Json reference_json = Json::object();
  Json best_json = Json::object();
  Json from_file = Json::array();
  double box = 1;
  for (std::size_t m = 0; m < goals.objectives.size(); ++m) {
    const Objective& objective = goals.objectives[m];
    if (objective.reference) {
      reference[m] = cost(objective, *objective.reference);
      from_file.push_back(objective.figure);
    }
    double best = front.front()[m];
    for (const Costs& costs : front)
      best = std::min(best, costs[m]);
    box *= std::max(0.0, reference[m] - best);
    reference_json[objective.figure] = cost(objective, reference[m]);
    best_json[objective.figure] = cost(objective, best);
  }
  const double volume = hypervolume(front, reference);
  Json out = {{"value", volume}};
  if (box > 0)
    out["share_of_box"] = volume / box;
  out.update({{"reference", reference_json}, {"reference_given", from_file}, {"best", best_json}});
  return out;
}

/// front, representatives and hypervolume.
void add_front(Json& out, const SweepGoals& goals, const SweepTable& table, const Ranked& ranked) {
  const std::vector<std::size_t> best = non_dominated(ranked.costs);
  const std::vector<Costs> front = rows_of(ranked.costs, best);
  std::vector<std::size_t> order(best.size()); // by the first objective, then the next
  for (std::size_t k = 0; k < best.size(); ++k)
    order[k] = k;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return front[a] < front[b]; });
  out["front"] = Json::array();
  for (const std::size_t k : order)
    out["front"].push_back(row_json(table, table.rows[ranked.rows[best[k]]]));

  std::vector<std::size_t> chosen = spread_over(front, representatives);
  std::sort(chosen.begin(), chosen.end(),
            [&](std::size_t a, std::size_t b) { return front[a] != front[b] ? front[a] < front[b] : a < b; });
  out["representatives"] = Json::array();
  for (const std::size_t k : chosen)
    out["representatives"].push_back(table.rows[ranked.rows[best[k]]].point);
  if (!front.empty())
    out["hypervolume"] = hypervolume_json(goals, front);
}

void add_basis_warnings(Json& all, const SweepPlan& plan, const Json& designs, bool ranked) {
  const auto done = designs["done"].get<std::int64_t>();
  const auto searched = designs["searched"].get<std::int64_t>();
  if (done < plan.size && (done > 0 || searched == 0))
    all.push_back(
        fmt::format("{} of {} designs are not solved yet: every answer is of the others", plan.size - done, plan.size));
  if (plan.goals.objectives.empty())
    all.push_back("the sweep file names no objectives: nothing is ranked");
  else if (!ranked)
    all.push_back("no design meets every constraint and has every objective: there is no front");
  if (plan.mode == SweepMode::list)
    all.push_back("parameters of a list change together: no sensitivities");
  if (done == 0 && searched > 0)
    all.push_back("a search gathers where designs are good: no sensitivities, no yield, no responses");
}

/// Figures that more than a tenth of the samples lack; those that lack the same number are told together.
void add_thin_warnings(Json& all, const Json& sensitivities) {
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::string>> figures; // by left out and used
  for (const Json& found : sensitivities) {
    const Basis basis{found["samples"].get<std::size_t>(), found["left_out"].get<std::size_t>()};
    if (basis.thin())
      figures[{basis.left_out, basis.used}].push_back(found["figure"]);
  }
  for (const auto& [basis, names] : figures) {
    const std::string more = names.size() > 1 ? fmt::format(" and {} more", names.size() - 1) : "";
    all.push_back(fmt::format("{}{}: {} of {} samples are left out of the sensitivities, because a design has no such "
                              "figure: they hold for the others only",
                              names.front(), more, basis.first, basis.first + basis.second));
  }
}

Json warnings_json(const SweepPlan& plan, const Json& analysis) {
  Json all = Json::array();
  add_basis_warnings(all, plan, analysis["designs"], !analysis["front"].empty());
  if (is_sampled(plan.mode) && analysis["designs"]["done"].get<std::int64_t>() > 0 && analysis["sensitivities"].empty())
    all.push_back("too few designs for sensitivities, or no figure varies");
  add_thin_warnings(all, analysis["sensitivities"]);
  for (const Json& found : analysis["sensitivities"]) {
    constexpr double least_r2 = 0.7;
    if (found.contains("r2") && std::max(found["r2"].get<double>(), found.value("rank_r2", 0.0)) < least_r2)
      all.push_back(fmt::format("{}: a line explains {:.0f} % of its variance: go by share_alone, or sample with mode "
                                "saltelli",
                                found["figure"].get<std::string>(), 100 * found["r2"].get<double>()));
  }
  return all;
}

} // namespace

Json analyse(const SweepPlan& plan, const SweepTable& table, const std::vector<Reason>& reasons) {
  const SweepTable planned = rows_of_plan(plan, table);
  const std::vector<bool> good = good_rows(plan.goals, table);
  Json out = {{"designs", designs_json(plan, table, planned, good)},
              {"parameters", parameters_json(plan, table)},
              {"figures", table.figures},
              {"rules", rules_json(reasons)},
              {"constraints", constraints_json(plan.goals, table)},
              {"objectives", objectives_json(plan.goals)}};
  add_front(out, plan.goals, table, plan.goals.objectives.empty() ? Ranked{} : ranked_rows(plan.goals, table, good));
  out["sensitivities"] = sensitivities_json(plan, planned);
  if (Json yield = yield_json(plan, planned, good_rows(plan.goals, planned)); !yield.is_null())
    out["yield"] = std::move(yield);
  out["responses"] = responses_json(plan, planned);
  out["warnings"] = warnings_json(plan, out);
  return out;
}

std::filesystem::path analysis_file(const std::filesystem::path& folder) {
  return folder / "analysis.json";
}

Json analyse_sweep(const SweepPlan& plan, const std::filesystem::path& folder) {
  const Store store = sweep_store(plan, folder);
  constexpr std::int64_t most_reasons = 100;
  const Json analysis = analyse(plan, read_sweep_table(plan, store), store.reasons(most_reasons));
  write_file(analysis_file(folder), analysis.dump(2) + "\n");
  return analysis;
}

} // namespace beachfront::study
