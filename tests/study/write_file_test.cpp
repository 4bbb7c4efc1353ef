// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/write_file.hpp"

#include "study/input_error.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <csignal>
#include <ostream>
#include <sys/resource.h>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct WriteFile : ScratchFolder {};

TEST_F(WriteFile, WritesAndReplacesAndLeavesNothingElse) {
  write_file(folder / "a.txt", "first");
  write_file(folder / "a.txt", "second\n");
  EXPECT_EQ(read(folder / "a.txt"), "second\n");
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFile, StreamsMoreThanItsBuffer) {
  std::string expected;
  write_file(folder / "big", [&](std::ostream& out) {
    for (int i = 0; i < 50000; ++i) {
      out << i << '\n';
      expected += std::to_string(i) + '\n';
    }
  });
  EXPECT_GT(expected.size(), 200000U);
  EXPECT_EQ(read(folder / "big"), expected);
}

TEST_F(WriteFile, KeepsTheOldFileWhenTheWriterThrows) {
  write_file(folder / "a.txt", "old");
  EXPECT_THROW(write_file(folder / "a.txt",
                          [](std::ostream& out) {
                            out << "half of it";
                            throw std::logic_error("a bug");
                          }),
               std::logic_error);
  EXPECT_EQ(read(folder / "a.txt"), "old");
  EXPECT_EQ(files(), 1U);
}

TEST_F(WriteFile, FollowsASymbolicLink) {
  write_file(folder / "real", "old");
  fs::create_symlink("real", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read(folder / "real"), "new");
}

TEST_F(WriteFile, SaysWhatIsWrongWithTheName) {
  EXPECT_THAT(message_of([&] { write_file(folder / "none" / "a.txt", "x"); }),
              testing::AllOf(HasSubstr("a.txt: cannot be written: there is no folder '"), HasSubstr("none'")));
  EXPECT_THAT(message_of([&] { write_file(folder, "x"); }), HasSubstr("cannot be written: it is a folder"));
  EXPECT_THAT(message_of([] { write_file("/dev/null", "x"); }),
              HasSubstr("/dev/null: cannot be written: it is no regular"));
  EXPECT_THAT(message_of([&] { write_file(folder / std::string(300, 'x'), "x"); }), HasSubstr("the name is too long"));
  EXPECT_EQ(files(), 0U);
}

// A limit on the size of files fails a write half way, as a full disk does.
TEST_F(WriteFile, KeepsTheOldFileWhenTheDiskFails) {
  write_file(folder / "a.txt", "old");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 100000;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  std::string said;
  try {
    write_file(folder / "a.txt", std::string(1000000, 'x'));
  } catch (const std::runtime_error& error) {
    said = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(said, HasSubstr("a.txt: cannot be written: File too large; nothing was changed"));
  EXPECT_EQ(read(folder / "a.txt"), "old");
  EXPECT_EQ(files(), 1U);
}

} // namespace
} // namespace beachfront::study
