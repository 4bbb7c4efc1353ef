// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/fidelity.hpp"

#include <algorithm>

namespace beachfront::study {

FidelityChoice choose_fidelity(const std::string& word) {
  if (word != "fast" && word != "full")
    throw InputError({"--fidelity " + word, 0, 0}, "", "must be fast or full");
  FidelityChoice choice;
  for (const Key& discipline : design_schema().find("fidelity")->keys) {
    if (discipline.kind != KeyKind::choice)
      continue;
    const bool has = std::find(discipline.words.begin(), discipline.words.end(), word) != discipline.words.end();
    choice.settings.push_back({"fidelity." + discipline.name, has ? word : "fast"});
    if (!has)
      choice.stays_fast.push_back(discipline.name);
  }
  return choice;
}

} // namespace beachfront::study
