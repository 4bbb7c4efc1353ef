// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/design_pages.hpp"

#include "study/hash.hpp"
#include "tests/study/fake_sweep.hpp"
#include "tests/study/message_of.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string three = "base: " + std::string(BEACHFRONT_SOURCE_DIR) + R"(/designs/reference/102t-glass.yaml
parameters: [{path: cooling.ambient_C, values: [25, 30, 35]}]
)";

Json data_of(const std::string& page) {
  const std::string head = "<script id=\"data\" type=\"application/json\">";
  const std::size_t from = page.find(head) + head.size();
  return Json::parse(page.substr(from, page.find("</script>", from) - from));
}

struct DesignPagesOfSweep : FakeSweep {
  /// The sweep as `text` has it, at fast fidelity, solved into "out".
  SweepPlan solved(const std::string& text, const Evaluate& evaluate) const {
    std::ofstream(folder / "sweep.yaml") << text;
    const SweepPlan plan = load_sweep(folder / "sweep.yaml", {}, {{"fidelity.optics", "fast"}});
    run_sweep(plan, evaluate, run("out"));
    return plan;
  }
  static Json real(const Tree& design, KeptStages& kept) { return evaluate(design, kept); }
  PageRun pages(int threads = 1) const {
    PageRun out;
    out.threads = threads;
    out.tool_version = "0.2.0";
    return out;
  }
  fs::path out() const { return folder / "out"; }
  Json stored(std::int64_t point) const {
    return Json::parse(Store::read(store_file(out())).at(point).value().results);
  }
};

TEST_F(DesignPagesOfSweep, HoldTheFiguresOfTheStore) {
  const SweepPlan plan = solved(three, real);
  const DesignPages made = write_design_pages(plan, out(), {2, 0}, pages());
  ASSERT_THAT(made.pages, SizeIs(2));
  EXPECT_EQ(made.pages[0].file, out() / "designs/2.html");
  EXPECT_THAT(points_with_page(out()), ElementsAre(0, 2));
  for (const DesignPage& page : made.pages) {
    EXPECT_EQ(page.differs, "");
    const Json data = data_of(read(page.file));
    Json was = stored(page.point);
    was["absent"].erase("uncertainty");
    EXPECT_EQ(data.at("results"), was);
    EXPECT_EQ(data.at("sweep").at("point"), page.point);
    EXPECT_EQ(data.at("sweep").at("parameters"), point_values(plan, page.point));
  }
  EXPECT_TRUE(made.complete);
  EXPECT_THAT(made.without, IsEmpty());
}

TEST_F(DesignPagesOfSweep, AreTheSameBytesOnAnyNumberOfThreads) {
  const SweepPlan plan = solved(three, real);
  write_design_pages(plan, out(), {0, 1, 2}, pages(1));
  const std::string alone = read(design_page_file(out(), 1));
  write_design_pages(plan, out(), {2, 1, 0}, pages(2));
  EXPECT_TRUE(alone == read(design_page_file(out(), 1)));
}

TEST_F(DesignPagesOfSweep, SayWhereTheStoreHasOtherFigures) {
  const auto warmer = [](const Tree& design, KeptStages& kept) {
    Json results = evaluate(design, kept);
    results["temperature"]["asic_max_C"] = 1.5 * results["temperature"]["asic_max_C"].get<double>();
    return results;
  };
  const SweepPlan plan = solved(three, warmer);
  const DesignPages made = write_design_pages(plan, out(), {1}, pages());
  ASSERT_THAT(made.pages, SizeIs(1));
  EXPECT_THAT(made.pages[0].differs,
              AllOf(HasSubstr("1 figure differs from the store's"), HasSubstr("most of all temperature.asic_max_C: "),
                    HasSubstr("written by beachfront 0.1.0, this report by 0.2.0")));
  EXPECT_EQ(data_of(read(made.pages[0].file)).at("sweep").at("differs"), made.pages[0].differs);
}

TEST_F(DesignPagesOfSweep, ADesignThatFailedHasAReasonAndNoPage) {
  const auto one_fails = [](const Tree& design, KeptStages& kept) -> Json {
    if (design.root().number("cooling.ambient_C") == 30)
      throw std::runtime_error("the solver broke");
    return evaluate(design, kept);
  };
  const SweepPlan plan = solved(three, one_fails);
  const DesignPages made = write_design_pages(plan, out(), {1, 2}, pages());
  ASSERT_THAT(made.without, SizeIs(1));
  EXPECT_EQ(made.without[0].point, 1);
  EXPECT_EQ(made.without[0].reason, "it failed in the sweep: the solver broke");
  EXPECT_THAT(points_with_page(out()), ElementsAre(2));
  EXPECT_TRUE(made.complete);
}

TEST_F(DesignPagesOfSweep, ADesignOfASearchIsMadeOfItsParameters) {
  const SweepPlan plan = solved(three, real);
  const Json parameters = {{"cooling.ambient_C", 28.5}}; // no point of the plan
  const Tree design = design_with(plan, parameters);
  EXPECT_EQ(design.root().number("cooling.ambient_C"), 28.5);
  Store store = Store::resume(store_file(out()), identity(plan, "0.1.0"));
  store.add(StoredDesign{7, hash_text(design.root()), parameters, Status::ok, "", "", evaluate(design).dump(),
                         Json::object(), ""});
  const DesignPages made = write_design_pages(plan, out(), {7}, pages());
  ASSERT_THAT(made.pages, SizeIs(1));
  EXPECT_EQ(made.pages[0].differs, "");
}

TEST_F(DesignPagesOfSweep, AnotherDesignThanTheStoredOneIsRefusedBeforeAnythingIsSolved) {
  const SweepPlan plan = solved(three, real);
  Store store = Store::resume(store_file(out()), identity(plan, "0.1.0"));
  store.add(
      StoredDesign{7, "0123456789abcdef", {{"cooling.ambient_C", 28}}, Status::ok, "", "", "", Json::object(), ""});
  EXPECT_THAT(message_of([&] {
                write_design_pages(plan, out(), {0, 7}, pages());
              }),
              AllOf(HasSubstr("point 7"), HasSubstr("an entry of the library was changed")));
  EXPECT_FALSE(fs::exists(out() / "designs"));
}

TEST_F(DesignPagesOfSweep, AFolderThatCannotBeMadeIsToldBeforeAnythingIsSolved) {
  const SweepPlan plan = solved(three, real);
  std::ofstream(out() / "designs") << "a file";
  EXPECT_THAT(message_of([&] { write_design_pages(plan, out(), {0}, pages()); }),
              AllOf(HasSubstr("designs"), HasSubstr("no folder for the reports")));
  EXPECT_EQ(read(out() / "designs"), "a file");
}

TEST_F(DesignPagesOfSweep, AStoppedRunKeepsWhatItHasMade) {
  const SweepPlan plan = solved(three, real);
  PageRun stopped = pages();
  std::int64_t told = 0;
  stopped.progress = [&](const Progress& progress) { told = progress.counts.done(); };
  stopped.stop = [&] { return told == 1; };
  const DesignPages made = write_design_pages(plan, out(), {0, 1, 2}, stopped);
  EXPECT_FALSE(made.complete);
  ASSERT_THAT(made.pages, SizeIs(1));
  EXPECT_EQ(made.pages[0].point, 0);
  EXPECT_THAT(points_with_page(out()), ElementsAre(0));
}

TEST_F(DesignPagesOfSweep, OnlyFilesWithThePlainNumberOfAPointArePages) {
  EXPECT_THAT(points_with_page(out()), IsEmpty());
  fs::create_directories(out() / "designs");
  for (const char* name : {"12.html", "3.html", "03.html", "x.html", "4.htm", "-1.html", ".html", "5.html.tmp"})
    std::ofstream(out() / "designs" / name) << "";
  EXPECT_THAT(points_with_page(out()), ElementsAre(3, 12));
}

} // namespace
} // namespace beachfront::study
