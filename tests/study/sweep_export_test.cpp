// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_sweep.hpp"
#include "message_of.hpp"
#include "study/sweep_export.hpp"

#include "study/input_error.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct Exports : FakeSweep {
  void SetUp() override {
    FakeSweep::SetUp();
    sweep = plan();
    run_sweep(sweep, fake_results, run("out"));
  }
  std::string designs(const std::string& format) const { return read(folder / "out" / ("designs." + format)); }
  SweepPlan sweep;
};

TEST_F(Exports, GiveATableWithTheRuleThatIsBroken) {
  const SweepExport done = export_sweep(sweep, folder / "out", {"csv"});
  EXPECT_EQ(done.designs, 60);
  ASSERT_EQ(done.files.size(), 1U);
  const std::string table = designs("csv");
  EXPECT_THAT(table, StartsWith("index,cooling.ambient_C,cooling.lid.thickness_mm,status,rule,message,"
                                "temperature.asic_max_C,link.worst_margin_dB\n"
                                "0,25,1,ok,,,75,2.75\n")); // 25 + 50/1; 3 - 0.25
  EXPECT_THAT(table, HasSubstr("\n20,35,1,infeasible,asic_temperature,\"die too hot, 105 C\",85,2.65\n"));
  EXPECT_THAT(table, HasSubstr("\n40,45,1,error,,cooling.lid.thickness_mm: found 1; must be more than 1 at 45 C,,\n"));
}

TEST_F(Exports, GiveTheWholeResultsALine) {
  export_sweep(sweep, folder / "out", {"jsonl", "csv"});
  std::istringstream lines(designs("jsonl"));
  KeptStages kept;
  std::int64_t index = 0;
  for (std::string line; std::getline(lines, line); ++index) {
    const Json design = Json::parse(line);
    EXPECT_EQ(design["index"], index);
    EXPECT_EQ(design["parameters"], point_values(sweep, index));
    if (design["status"] == "error") {
      EXPECT_TRUE(design["results"].is_null());
      EXPECT_TRUE(design["figures"]["link.worst_margin_dB"].is_null());
      continue;
    }
    const Json results = fake_results(point_design(sweep, index), kept);
    EXPECT_EQ(design["results"], results);
    EXPECT_EQ(design["figures"]["link.worst_margin_dB"], results["link"]["worst_margin_dB"]);
  }
  EXPECT_EQ(index, 60);
  EXPECT_FALSE(designs("csv").empty());
}

TEST_F(Exports, AreTheSameBytesForAnyThreads) {
  run_sweep(sweep, fake_results, run("two", 2));
  export_sweep(sweep, folder / "out", {"csv", "jsonl"});
  export_sweep(sweep, folder / "two", {"csv", "jsonl"});
  for (const char* format : {"csv", "jsonl"})
    EXPECT_EQ(designs(format), read(folder / "two" / (std::string("designs.") + format)));
}

TEST_F(Exports, RefuseWhatTheyCannotWriteAndSayWhatCan) {
  const auto message = [&](const std::string& format) {
    return message_of([&] { export_sweep(sweep, folder / "out", {"csv", format}); });
  };
  const std::string stem = (folder / "out" / "designs").string();
  EXPECT_THAT(message("parquet"), HasSubstr("duckdb -c \"COPY (SELECT * FROM read_csv('" + stem + ".csv')) TO '" +
                                            stem + ".parquet' (FORMAT parquet)\""));
  EXPECT_THAT(message("cvs"), HasSubstr("found 'cvs'; must be csv or jsonl; did you mean 'csv'?"));
  EXPECT_FALSE(fs::exists(folder / "out" / "designs.csv")) << "nothing before all formats are known";
}

TEST_F(Exports, SayWhichVersionSolvedAndRefuseNoStore) {
  EXPECT_EQ(export_sweep(sweep, folder / "out", {"csv"}).solved_by, "0.1.0");
  EXPECT_THAT(message_of([&] { export_sweep(sweep, folder / "none", {"csv"}); }), HasSubstr("there is no such store"));
  fs::create_directories(folder / "parts");
  fs::copy_file(folder / "out" / "results.sqlite", folder / "parts" / "results-1-of-2.sqlite");
  EXPECT_THAT(message_of([&] { export_sweep(sweep, folder / "parts", {"csv"}); }),
              HasSubstr("there are stores of shards, not of the whole; join them with sweep merge"));
}

} // namespace
} // namespace beachfront::study
