// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are there whole or not at all: what is written goes to a temporary name in the same folder, to the disk,
// and only then takes the file's name. A reader, a kill or a power cut never sees half of it.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <stdexcept>
#include <string_view>

namespace beachfront::study {

/// No space left on the disk, or none that we may use. What was there before is still there.
struct DiskFull : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Writes the file, replacing one that is there; a symbolic link is followed. Throws InputError when the folder is
/// missing or may not be written to, or the name belongs to something that is no regular file; DiskFull;
/// std::runtime_error when the disk fails. After an exception the folder is as it was before.
void write_file(const std::filesystem::path& file, std::string_view text);

/// The same with a function that writes to a stream. What the function throws passes through, the file untouched.
void write_file(const std::filesystem::path& file, const std::function<void(std::ostream&)>& writer);

/// The last step alone, for a file that was written under another name in the same folder: to the disk, then renamed.
/// Throws as write_file() does.
void give_name(const std::filesystem::path& temporary, const std::filesystem::path& file);

} // namespace beachfront::study
