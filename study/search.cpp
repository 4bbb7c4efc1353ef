// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/search.hpp"

#include "study/sampling.hpp"

#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/batch_evaluators/member_bfe.hpp>
#include <pagmo/bfe.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace beachfront::study {
namespace {

/// Above every cost. With all costs of a bad point equal to it times (1 + its violation from 0 to 1), plain domination
/// is Deb's rule.
constexpr double bad = 1e100;

struct Ended {};

/// What a search has in hand; pagmo copies problems, so they only point here.
struct Course {
  const SearchRules& rules;
  const Judge& judge;
  std::vector<Evaluated> judged;

  pagmo::vector_double fitness(const Judged& of) const {
    const std::size_t values = std::max<std::size_t>(rules.objectives, 2); // NSGA-II asks for two: the same one twice
    pagmo::vector_double out(values, bad);
    if (of.violation > 0) {
      const double share = std::isinf(of.violation) ? 1 : of.violation / (1 + of.violation);
      std::fill(out.begin(), out.end(), bad * (1 + share));
    } else {
      for (std::size_t i = 0; i < values; ++i)
        out[i] = of.costs[std::min(i, rules.objectives - 1)];
    }
    return out;
  }

  pagmo::vector_double judge_all(const std::vector<std::vector<double>>& points) {
    if (static_cast<std::int64_t>(judged.size()) >= rules.evaluations)
      throw Ended();
    const std::vector<Judged> answers = judge(points);
    if (answers.empty() && !points.empty())
      throw Ended();
    pagmo::vector_double out;
    for (std::size_t i = 0; i < points.size(); ++i) {
      judged.push_back({points[i], answers[i]});
      const pagmo::vector_double values = fitness(answers[i]);
      out.insert(out.end(), values.begin(), values.end());
    }
    return out;
  }
};

/// The problem as pagmo wants it.
struct Problem {
  Course* course = nullptr;

  pagmo::vector_double fitness(const pagmo::vector_double& at) const { return course->judge_all({at}); }
  pagmo::vector_double batch_fitness(const pagmo::vector_double& all) const {
    const auto dimensions = static_cast<std::ptrdiff_t>(course->rules.dimensions);
    std::vector<std::vector<double>> points;
    for (auto at = all.begin(); at != all.end(); at += dimensions)
      points.emplace_back(at, at + dimensions);
    return course->judge_all(points);
  }
  pagmo::vector_double::size_type get_nobj() const { return std::max<std::size_t>(course->rules.objectives, 2); }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    return {pagmo::vector_double(course->rules.dimensions, 0), pagmo::vector_double(course->rules.dimensions, 1)};
  }
  template <class Archive>
  void serialize(Archive&, unsigned) {} // asked for by pagmo, never called
};

/// The first generation, judged.
pagmo::population first_generation(Course& course, const std::vector<Evaluated>& known) {
  const SearchRules& rules = course.rules;
  pagmo::population population(pagmo::problem(Problem{&course}), 0, static_cast<unsigned>(rules.seed));
  for (const std::size_t i : best_of(known, rules.population))
    population.push_back(known[i].at, course.fitness(known[i].judged));
  const Sampler sampler{rules.dimensions <= most_sobol_dimensions ? SweepMode::sobol : SweepMode::random,
                        rules.dimensions, 0, rules.seed};
  std::vector<std::vector<double>> fresh;
  while (population.size() + fresh.size() < rules.population)
    fresh.push_back(unit_point(sampler, static_cast<std::int64_t>(fresh.size())));
  if (fresh.empty())
    return population;
  const pagmo::vector_double values = course.judge_all(fresh);
  const auto width = static_cast<std::ptrdiff_t>(values.size() / fresh.size());
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(i) * width;
    population.push_back(fresh[i], pagmo::vector_double(from, from + width));
  }
  return population;
}

} // namespace

std::vector<std::size_t> best_of(const std::vector<Evaluated>& points, std::size_t count) {
  std::vector<std::size_t> good, all(points.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::copy_if(all.begin(), all.end(), std::back_inserter(good),
               [&](std::size_t i) { return !(points[i].judged.violation > 0); });
  if (good.empty()) {
    std::stable_sort(all.begin(), all.end(), [&](std::size_t a, std::size_t b) {
      return points[a].judged.violation < points[b].judged.violation;
    });
    all.resize(std::min(all.size(), count));
    return all;
  }
  std::vector<Costs> costs;
  for (const std::size_t i : good)
    costs.push_back(points[i].judged.costs);
  const std::vector<std::size_t> front = non_dominated(costs);
  std::vector<std::size_t> best;
  for (const std::size_t k : spread_over(rows_of(costs, front), count))
    best.push_back(good[front[k]]);
  return best;
}

std::vector<Evaluated> search(const SearchRules& rules, const std::vector<Evaluated>& known, const Judge& judge) {
  Course course{rules, judge, {}};
  // As the paper has them: one gene in a child is mutated on average, and children lie as near to their parents.
  constexpr double crossover = 0.9, crossover_index = 20, mutation_index = 20;
  try {
    const pagmo::population first = first_generation(course, known);
    pagmo::nsga2 algorithm(std::numeric_limits<unsigned>::max(), crossover, crossover_index,
                           1 / static_cast<double>(rules.dimensions), mutation_index,
                           static_cast<unsigned>(rules.seed));
    algorithm.set_bfe(pagmo::bfe(pagmo::member_bfe()));
    algorithm.evolve(first);
  } catch (const Ended&) {
  }
  return std::move(course.judged);
}

} // namespace beachfront::study
