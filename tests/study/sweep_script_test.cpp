// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/sweep_script.hpp"

#include "study/input_error.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

namespace beachfront::study {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SweepJob job() {
  SweepJob out;
  out.program = "/opt/beach front/beachfront";
  out.sweep = "/home/me/it's 100%/sweep.yaml";
  out.folder = "/scratch/me/{x} results";
  out.library = "/home/me/library";
  out.fidelity = "fast";
  out.points = 10'000;
  out.shards = 20;
  out.threads = 4;
  return out;
}

struct Scripts : ScratchFolder {
  /// What bash makes of a script, run with commands of our own in place of those that it calls.
  std::string run(const std::string& script, const std::string& stubs) const {
    std::ofstream(folder / "script") << stubs << script;
    const std::string out = (folder / "out").string();
    EXPECT_EQ(std::system(("bash '" + (folder / "script").string() + "' >'" + out + "' 2>&1").c_str()), 0) << read(out);
    return read(out);
  }
};

TEST_F(Scripts, OfSlurmSubmitAnArrayAndAMergeThatWaits) {
  const std::string stubs = "mkdir() { echo \"mkdir $2\" >&2; }\n"
                            "sbatch() { printf '[%s]' \"$@\" >&2; cat >&2; echo '42;cluster'; }\n";
  const std::string said = run(sweep_script(job(), Engine::slurm), stubs);
  EXPECT_THAT(said, AllOf(HasSubstr("mkdir /scratch/me/{x} results/log"),
                          HasSubstr("[--array=1-20][--cpus-per-task=4][--requeue]"),
                          HasSubstr("[--output=/scratch/me/{x} results/log/%A_%a.txt]"),
                          HasSubstr("[--dependency=afterany:42]"), HasSubstr("shards: job 42; merge: job 42")));
  EXPECT_THAT(said, HasSubstr("export OMP_NUM_THREADS=\"$SLURM_CPUS_PER_TASK\""));
  EXPECT_THAT(said, HasSubstr("--shard \"$SLURM_ARRAY_TASK_ID/20\" --resume"));
}

TEST_F(Scripts, OfSlurmTakeAPercentSignForItself) {
  SweepJob odd = job();
  odd.folder = "/scratch/50%";
  EXPECT_THAT(sweep_script(odd, Engine::slurm), HasSubstr("--output='/scratch/50%%'/log/%A_%a.txt"));
}

TEST_F(Scripts, PutAnInterruptedOrKilledTaskBackFiveTimesAtMost) {
  std::string task = sweep_script(job(), Engine::slurm);
  task = task.substr(task.find("<<'TASK'\n") + 9);
  task = task.substr(0, task.find("\nTASK\n"));
  const auto requeued = [&](int code, const std::string& restarts) {
    const std::string stubs =
        "SLURM_CPUS_PER_TASK=4 SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_JOB_ID=42 SLURM_RESTART_COUNT=" + restarts +
        "\nsrun() { printf '[%s]' \"$@\"; return " + std::to_string(code) +
        "; }\nscontrol() { echo \"scontrol $*\"; }\nexit() { true; }\n";
    const std::string said = run(task, stubs);
    EXPECT_THAT(said, HasSubstr("[--cpus-per-task=4][/opt/beach front/beachfront][--library][/home/me/library]"
                                "[--threads][4][sweep][run][/home/me/it's 100%/sweep.yaml][-o]"
                                "[/scratch/me/{x} results][--fidelity][fast][--shard][7/20][--resume]"));
    return said.find("scontrol requeue 42_7") != std::string::npos;
  };
  EXPECT_TRUE(requeued(75, ""));
  EXPECT_TRUE(requeued(137, "4"));
  EXPECT_FALSE(requeued(137, "5"));
  EXPECT_FALSE(requeued(0, ""));
  EXPECT_FALSE(requeued(3, "")) << "failed designs fail again";
  EXPECT_FALSE(requeued(2, ""));
}

TEST_F(Scripts, OfParallelRunEachShardAndMerge) {
  const std::string stubs = "mkdir() { true; }\nparallel() { printf '[%s]' \"$@\"; }\n";
  std::string script = sweep_script(job(), Engine::parallel);
  const std::string merge = "'/opt/beach front/beachfront' --library '/home/me/library' sweep merge "
                            "'/home/me/it'\\''s 100%/sweep.yaml' -o '/scratch/me/{x} results' --fidelity 'fast'\n";
  ASSERT_THAT(script, testing::EndsWith("\n" + merge));
  script.resize(script.size() - merge.size());
  EXPECT_THAT(run(script, stubs),
              AllOf(HasSubstr("[--joblog][/scratch/me/{x} results/log/parallel.tsv][shard][:::][1][2]"),
                    HasSubstr("[20]"), Not(HasSubstr("[21]"))));
  EXPECT_THAT(script, HasSubstr("--shard \"$1/20\" --resume"));
}

TEST(Snakefiles, PromiseTheTableOfEachShardAndOfTheSweep) {
  SweepJob plain = job();
  plain.folder = "/scratch/me/100% \"mine\"";
  const std::string text = sweep_script(plain, Engine::snakemake);
  EXPECT_THAT(text, StartsWith("# sweep.yaml: 10000 designs in 20 shards under Snakemake.\n"));
  EXPECT_THAT(text,
              HasSubstr("rule merge:\n    input:\n        "
                        "expand(\"/scratch/me/100% \\\"mine\\\"/results-{i}-of-20.csv\", i=range(1, SHARDS + 1))\n"));
  EXPECT_THAT(text,
              HasSubstr("rule shard:\n    output:\n        \"/scratch/me/100% \\\"mine\\\"/results-{i}-of-20.csv\"\n"
                        "    threads: 4\n    shell:\n"));
  EXPECT_THAT(text, HasSubstr("COMMAND = \"'/opt/beach front/beachfront' --library '/home/me/library'\"\n"));
  EXPECT_THAT(text, HasSubstr("SWEEP = \"/home/me/it's 100%/sweep.yaml\"\n"));
  EXPECT_THAT(text, HasSubstr(" --shard {wildcards.i}/20 --resume || [ $? -eq 3 ]\"\n"));
  EXPECT_LT(text.find("rule merge:"), text.find("rule shard:")) << "the first rule is what is made";
  EXPECT_THAT(message_of([] { sweep_script(job(), Engine::snakemake); }),
              HasSubstr("-o: found '/scratch/me/{x} results'; must be a folder without { and }"));
}

TEST(Engines, AreReadByName) {
  EXPECT_EQ(read_engine("slurm"), Engine::slurm);
  EXPECT_EQ(read_engine("snakemake"), Engine::snakemake);
  EXPECT_THAT(message_of([] { read_engine("paralell"); }),
              HasSubstr("found 'paralell'; must be slurm, parallel or snakemake; did you mean 'parallel'?"));
}

TEST(Jobs, HaveAbsolutePaths) {
  SweepJob here = job();
  here.sweep = "sweep.yaml";
  here.folder = "../out";
  const std::string current = std::filesystem::current_path().string();
  EXPECT_THAT(sweep_script(here, Engine::parallel),
              AllOf(HasSubstr("'" + current + "/sweep.yaml'"),
                    HasSubstr("-o '" + std::filesystem::current_path().parent_path().string() + "/out'")));
}

} // namespace
} // namespace beachfront::study
