// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/design_pages.hpp"

#include "study/hash.hpp"
#include "study/input_error.hpp"
#include "study/kept_stages.hpp"
#include "study/report.hpp"
#include "study/results.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <mutex>
#include <new>
#include <optional>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

/// A design to be solved again.
struct Task {
  StoredDesign row;
  Tree design;
};

/// What came of one; neither where the run was stopped before it.
struct Made {
  std::optional<DesignPage> page;
  std::optional<DesignWithoutPage> without;
};

Made failed(std::int64_t point, std::string reason) {
  return {{}, DesignWithoutPage{point, std::move(reason)}};
}

/// Throws where library entries were changed since: the base design is compared elsewhere, entries that parameters name
/// are not part of it.
Tree same_design(const SweepPlan& plan, const fs::path& store, const StoredDesign& row) {
  Tree design = design_with(plan, row.parameters);
  if (hash_text(design.root()) == row.hash)
    return design;
  throw InputError({store.string()}, "",
                   fmt::format("the parameters of point {} make another design than the one that was solved: an entry "
                               "of the library was changed since; run the sweep again in another folder with -o",
                               row.point));
}

std::string value_text(const Json& value) {
  return value.is_null() ? "no value" : value.dump();
}

/// A sentence where the results are other than those of the store.
std::string difference(const StoredDesign& row, const Json& results, const std::string& stored_version,
                       const std::string& version) {
  if (row.results.empty()) // screened: never solved
    return results.at("feasible").get<bool>() ? "screening rejected this design, which is feasible" : "";
  const std::vector<Drift> drifts = largest_first(figure_drifts(Json::parse(row.results), results));
  if (drifts.empty())
    return "";
  return fmt::format("{} {} from the store's, most of all {}: {}, stored {}; the store was written by beachfront {}, "
                     "this report by {}",
                     drifts.size(), drifts.size() == 1 ? "figure differs" : "figures differ", drifts[0].path,
                     value_text(drifts[0].found), value_text(drifts[0].golden), stored_version, version);
}

/// What all threads share.
struct Work {
  const SweepPlan& plan;
  const fs::path& folder;
  const PageRun& run;
  std::string stored_version;
  std::vector<Task> tasks;
  std::vector<std::size_t> places; ///< of the tasks among the points that were asked for
  std::vector<Made> made;          ///< a place each of the points that were asked for
  std::mutex lock;                 ///< of all below
  Progress progress;
  std::exception_ptr failure;
};

Made make_page(Work& work, const Task& task, KeptStages& kept, Status& status) {
  std::string page, differs;
  try {
    const Design design = read_design(task.design);
    if (design.fields) // a solid takes gigabytes
      kept.packages.most = 1;
    const Solution solution = solve(design, kept);
    const Json results = results_json(design, solution);
    status = solution.feasible() ? Status::ok : Status::infeasible;
    differs = difference(task.row, results, work.stored_version, work.run.tool_version);
    page = design_report(task.design, design, solution, results,
                         {fs::path(work.plan.file).stem().string(), task.row.point, task.row.parameters, differs});
  } catch (const std::bad_alloc&) {
    throw; // of this machine and moment, not of the design
  } catch (const InputError& error) {
    status = Status::error;
    return failed(task.row.point, problem(error));
  } catch (const std::exception& error) {
    status = Status::error;
    return failed(task.row.point, error.what());
  }
  const fs::path file = design_page_file(work.folder, task.row.point);
  write_file(file, page);
  return {DesignPage{task.row.point, file, differs}, {}};
}

void run_task(Work& work, std::size_t k, KeptStages& kept) {
  const auto over = [&work] {
    const std::lock_guard guard(work.lock);
    return work.failure || (work.run.stop && work.run.stop());
  };
  if (over())
    return;
  Status status = Status::ok;
  Made made = make_page(work, work.tasks[k], kept, status);
  const std::lock_guard guard(work.lock);
  work.made[work.places[k]] = std::move(made);
  Counts& counts = work.progress.counts;
  ++(status == Status::ok ? counts.ok : status == Status::infeasible ? counts.infeasible : counts.error);
  if (work.run.progress)
    work.run.progress(work.progress);
}

void run_tasks(Work& work) {
  const auto count = static_cast<std::ptrdiff_t>(work.tasks.size());
#pragma omp parallel num_threads(std::max(1, work.run.threads))
  {
    KeptStages kept;
#pragma omp for schedule(dynamic)
    for (std::ptrdiff_t k = 0; k < count; ++k) {
      try {
        run_task(work, static_cast<std::size_t>(k), kept);
      } catch (...) { // must not leave the parallel region
        const std::lock_guard guard(work.lock);
        if (!work.failure)
          work.failure = std::current_exception();
      }
    }
  }
  if (work.failure)
    std::rethrow_exception(work.failure);
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw InputError({folder.string()}, "",
                     fmt::format("no folder for the reports of designs can be made there ({})",
                                 error ? error.message() : "something else has its name"));
}

} // namespace

fs::path design_page_file(const fs::path& folder, std::int64_t point) {
  return folder / "designs" / fmt::format("{}.html", point);
}

std::vector<std::int64_t> points_with_page(const fs::path& folder) {
  std::vector<std::int64_t> points;
  std::error_code error;
  for (fs::directory_iterator at(folder / "designs", error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::int64_t point = 0;
    std::from_chars(name.data(), name.data() + name.size(), point);
    if (point >= 0 && at->path().filename() == design_page_file(folder, point).filename())
      points.push_back(point);
  }
  std::sort(points.begin(), points.end());
  return points;
}

DesignPages write_design_pages(const SweepPlan& plan, const fs::path& folder, const std::vector<std::int64_t>& points,
                               const PageRun& run) {
  const Store store = Store::read(store_file(folder));
  Work work{plan, folder, run, store.identity().tool_version, {}, {}, std::vector<Made>(points.size()), {}, {}, {}};
  work.progress.total = static_cast<std::int64_t>(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    StoredDesign row = store.at(points[i]).value();
    if (row.status == Status::error) {
      work.made[i] = failed(row.point, "it failed in the sweep: " + row.message);
      ++work.progress.counts.error;
      continue;
    }
    Tree design = same_design(plan, store_file(folder), row);
    work.tasks.push_back({std::move(row), std::move(design)});
    work.places.push_back(i);
  }
  if (!work.tasks.empty())
    make_folder(folder / "designs");
  work.progress.earlier = work.progress.counts.done();
  run_tasks(work);

  DesignPages out;
  for (Made& made : work.made) {
    if (made.page)
      out.pages.push_back(std::move(*made.page));
    else if (made.without)
      out.without.push_back(std::move(*made.without));
    else
      out.complete = false;
  }
  return out;
}

} // namespace beachfront::study
