// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/input_error.hpp"

#include <string>

namespace beachfront::study {

/// The message of the InputError that `run` throws, "" when it throws none.
template <class Run>
std::string message_of(Run run) {
  try {
    run();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

} // namespace beachfront::study
