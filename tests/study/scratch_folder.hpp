// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <unistd.h>

namespace beachfront::study {

/// A test with an empty folder of its own, gone after it. In memory where there is such a place: a thousand waits for
/// a disk would make the tests slow, and what they check does not hang on the disk.
struct ScratchFolder : testing::Test {
  std::filesystem::path folder = root() / ("beachfront_" + name());

  void SetUp() override {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t files() const {
    namespace fs = std::filesystem;
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

private:
  static std::filesystem::path root() {
    std::error_code ignored;
    const bool memory = std::filesystem::space("/dev/shm", ignored).available > (1U << 28) && !ignored;
    return memory ? "/dev/shm" : testing::TempDir();
  }
  /// With the process, so that two builds can be tested at once.
  static std::string name() {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    return std::string(test->test_suite_name()) + "_" + test->name() + "_" + std::to_string(::getpid());
  }
};

} // namespace beachfront::study
