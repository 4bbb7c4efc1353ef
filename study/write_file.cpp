// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/write_file.hpp"

#include "study/input_error.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <ostream>
#include <streambuf>
#include <system_error>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

/// What the system said, as the fault of the engineer (a folder) or of the machine (a full disk).
[[noreturn]] void fail(const fs::path& file, int error) {
  const std::string reason = std::generic_category().message(error);
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  switch (error) {
  case ENOENT:
  case ENOTDIR:
    throw InputError({file.string()}, "", fmt::format("cannot be written: there is no folder '{}'", folder.string()));
  case EACCES:
  case EPERM:
  case EROFS:
    throw InputError({file.string()}, "",
                     fmt::format("cannot be written: no permission in folder '{}' ({})", folder.string(), reason));
  case ENAMETOOLONG:
    throw InputError({file.string()}, "", "cannot be written: the name is too long");
  case ENOSPC:
  case EDQUOT:
    throw DiskFull(fmt::format("{}: cannot be written: no space left in '{}' ({}); nothing was changed", file.string(),
                               folder.string(), reason));
  default:
    throw std::runtime_error(fmt::format("{}: cannot be written: {}; nothing was changed", file.string(), reason));
  }
}

/// A stream to a file descriptor that remembers why a write failed; std::ofstream forgets.
struct DescriptorBuffer : std::streambuf {
  explicit DescriptorBuffer(int to) : descriptor(to) { setp(buffer.data(), buffer.data() + buffer.size()); }

  bool drain() {
    const char* at = pbase();
    while (error == 0 && at != pptr()) {
      const ssize_t written = ::write(descriptor, at, static_cast<std::size_t>(pptr() - at));
      if (written >= 0)
        at += written;
      else if (errno != EINTR)
        error = errno;
    }
    setp(buffer.data(), buffer.data() + buffer.size());
    return error == 0;
  }
  int_type overflow(int_type c) override {
    if (!drain())
      return traits_type::eof();
    return traits_type::eq_int_type(c, traits_type::eof()) ? traits_type::not_eof(c)
                                                           : sputc(traits_type::to_char_type(c));
  }
  int sync() override { return drain() ? 0 : -1; }

  int descriptor;
  int error = 0;
  std::array<char, 65536> buffer;
};

/// The temporary file: closed and gone when it leaves its scope without having been given its name.
struct Temporary {
  explicit Temporary(const fs::path& target) {
    static std::atomic<unsigned> count{0};
    do {
      path = target.parent_path() / fmt::format(".beachfront-{}-{}.tmp", ::getpid(), count++);
      descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor < 0 && errno == EEXIST); // left by a killed process that had our number
    if (descriptor < 0)
      fail(target, errno);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (descriptor >= 0)
      ::close(descriptor);
    if (!path.empty())
      ::unlink(path.c_str());
  }
  void rename_to(const fs::path& target) {
    const int closed = ::close(descriptor);
    descriptor = -1;
    if (closed != 0 || ::rename(path.c_str(), target.c_str()) != 0)
      fail(target, errno);
    path.clear();
  }

  fs::path path;
  int descriptor = -1;
};

/// A rename is safe from a power cut once the folder is on the disk. File systems that cannot do it are left alone.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
}

} // namespace

void write_file(const fs::path& file, const std::function<void(std::ostream&)>& writer) {
  std::error_code ignored;
  const fs::path target = fs::is_symlink(file, ignored) ? fs::weakly_canonical(file, ignored) : file;
  if (fs::exists(target, ignored) && !fs::is_regular_file(target, ignored)) {
    const char* what = fs::is_directory(target, ignored) ? "a folder" : "no regular file";
    throw InputError({file.string()}, "", fmt::format("cannot be written: it is {}", what));
  }
  Temporary temporary(target);
  DescriptorBuffer buffer(temporary.descriptor);
  std::ostream stream(&buffer);
  writer(stream);
  stream.flush();
  if (buffer.error != 0)
    fail(file, buffer.error);
  if (!stream)
    throw std::runtime_error(fmt::format("{}: cannot be written: its contents could not be made", file.string()));
  if (::fsync(temporary.descriptor) != 0 && errno != EINVAL && errno != ENOTSUP)
    fail(file, errno);
  temporary.rename_to(target);
  sync_folder(target.parent_path());
}

void give_name(const fs::path& temporary, const fs::path& file) {
  const int descriptor = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && (::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP);
  const int error = errno;
  if (descriptor >= 0)
    ::close(descriptor);
  if (!synced)
    fail(file, error);
  if (::rename(temporary.c_str(), file.c_str()) != 0)
    fail(file, errno);
  sync_folder(file.parent_path());
}

void write_file(const fs::path& file, std::string_view text) {
  write_file(file, [text](std::ostream& out) { out.write(text.data(), static_cast<std::streamsize>(text.size())); });
}

} // namespace beachfront::study
