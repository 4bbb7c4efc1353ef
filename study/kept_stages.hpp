// SPDX-License-Identifier: GPL-3.0-or-later
// Results of the stages of a solve, kept for designs that differ only elsewhere. For one thread at a time.
#pragma once

#include "study/screening.hpp"
#include "study/solve.hpp"
#include "study/stage_use.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace beachfront::study {

/// The last few results of a stage by their key; the one not asked for the longest goes first.
template <typename Result>
struct Kept {
  std::size_t most = 4;
  std::deque<std::pair<std::uint64_t, std::shared_ptr<Result>>> results = {};
  long long asked = 0, found = 0;

  /// The result of this key, solved now if none is kept.
  template <typename Solve>
  std::shared_ptr<Result> find_or(std::uint64_t key, const Solve& solve) {
    ++asked;
    const auto kept = std::find_if(results.begin(), results.end(), [key](const auto& one) { return one.first == key; });
    if (kept != results.end()) {
      ++found;
      std::rotate(kept, kept + 1, results.end()); // the last one asked for is dropped last
      return results.back().second;
    }
    if (results.size() >= most)
      results.pop_front();
    results.emplace_back(key, std::make_shared<Result>(solve()));
    return results.back().second;
  }
};

/// Fields in three dimensions are large, and an operating point refers to the ones that it was solved with.
struct KeptStages {
  Kept<optics::WaveguideFigures> modes;
  Kept<power::PairFigures> pairs;
  Kept<Solution> layouts; ///< of which only the geometry is filled
  Kept<PreparedPackage> packages{2};
  Kept<thermal::PreparedTemperature> lids;
  Kept<ClosedLoop> points;
  Kept<std::optional<Rejection>> screenings;
  /// Leaves out what only tells about the loop: run-away, and temperature and stress of the open chain.
  bool operating_points_alone = false;
};

/// How often each stage was asked for so far.
std::vector<StageUse> stage_uses(const KeptStages& kept);

} // namespace beachfront::study
