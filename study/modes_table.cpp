// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/modes.hpp"

#include "study/wrapped_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <vector>

namespace beachfront::study {

namespace {

using Cells = std::vector<std::string>;

/// Rows under their heads, columns as wide as their widest cell and set right; then an empty line.
std::string aligned(const std::string& title, const Cells& heads, const std::vector<Cells>& rows) {
  std::string text = title + "\n";
  const auto print = [&](const Cells& row) {
    for (std::size_t column = 0; column < heads.size(); ++column) {
      std::size_t width = heads[column].size();
      for (const Cells& other : rows)
        width = std::max(width, other[column].size());
      text += fmt::format("  {:>{}}", row[column], width);
    }
    text += "\n";
  };
  print(heads);
  for (const Cells& row : rows)
    print(row);
  return text + "\n";
}

/// A figure of a row, or a dash where it has none.
std::string cell(const Json& row, const char* key, const char* format = "{:.4g}") {
  const auto value = row.find(key);
  return value == row.end() ? "-" : fmt::format(fmt::runtime(format), value->get<double>());
}

std::string profile_text(const Json& modes) {
  if (!modes.contains("profile"))
    return "";
  const Json& profile = modes.at("profile");
  std::string text = fmt::format("Profile: peak delta n {} at {} um depth, full width at half maximum ",
                                 cell(profile, "peak_delta_n", "{:.5f}"), cell(profile, "peak_depth_um", "{:.2f}"));
  if (profile.contains("fwhm_x_um"))
    text += cell(profile, "fwhm_x_um", "{:.2f}") + " x ";
  return text + cell(profile, "fwhm_y_um", "{:.2f}") + " um\n\n";
}

std::string modes_text(const Json& modes) {
  if (modes.at("modes").empty())
    return "";
  std::vector<Cells> rows;
  for (const Json& mode : modes.at("modes"))
    rows.push_back({cell(mode, "wavelength_um", "{:.4g}"), mode.at("polarization").get<std::string>(),
                    cell(mode, "effective_index", "{:.7f}"), cell(mode, "error_estimate", "{:.0e}"),
                    cell(mode, "group_index", "{:.5f}"), cell(mode, "mode_field_diameter_x_um", "{:.3f}"),
                    cell(mode, "mode_field_diameter_y_um", "{:.3f}"), cell(mode, "effective_area_um2", "{:.1f}"),
                    cell(mode, "confinement", "{:.3f}"), cell(mode, "te_fraction", "{:.3f}")});
  return aligned("Modes (mode field diameters at 1/e2 of intensity)",
                 {"um", "", "n_eff", "+-", "n_group", "MFD x um", "MFD y um", "area um2", "confined", "TE share"},
                 rows);
}

std::string bends_text(const Json& modes) {
  std::vector<Cells> rows;
  bool lost = false;
  for (const Json& bend : modes.at("bends")) {
    const bool guiding = bend.at("guiding").get<bool>();
    lost = lost || !guiding;
    rows.push_back({cell(bend, "radius_mm") + (guiding ? "" : " *"), cell(bend, "wavelength_um"),
                    cell(bend, "loss_dB_per_cm", "{:.3g}"), cell(bend, "te_loss_dB_per_cm", "{:.3g}"),
                    cell(bend, "tm_loss_dB_per_cm", "{:.3g}"), cell(bend, "joint_loss_dB", "{:.3g}"),
                    cell(bend, "reversal_loss_dB", "{:.3g}"), cell(bend, "best_offset_um", "{:.2f}"),
                    cell(bend, "offset_joint_loss_dB", "{:.3g}"), cell(bend, "clothoid_length_um", "{:.0f}")});
  }
  if (rows.empty())
    return "";
  std::string text = aligned(
      "Bends (joint: straight to bend; reversal: bend to opposite bend)",
      {"R mm", "um", "dB/cm", "TE", "TM", "joint dB", "reversal dB", "offset um", "then dB", "clothoid um"}, rows);
  return lost ? text.substr(0, text.size() - 1) + "  * no mode survives this bend\n\n" : text;
}

std::string couplers_text(const Json& modes) {
  std::vector<Cells> rows;
  for (const Json& coupler : modes.at("couplers"))
    rows.push_back({cell(coupler, "gap_um") + (coupler.value("merged", false) ? " merged" : ""),
                    cell(coupler, "wavelength_um"), cell(coupler, "index_splitting", "{:.3e}"),
                    cell(coupler, "coupling_length_mm"), cell(coupler, "crosstalk_dB", "{:.1f}")});
  const std::string length = cell(modes.at("rules"), "parallel_length_mm");
  return rows.empty()
             ? ""
             : aligned("Neighbours (gap centre to centre)",
                       {"gap um", "um", "splitting", "full transfer mm", "crosstalk dB in " + length + " mm"}, rows);
}

std::string fibre_text(const Json& modes) {
  std::vector<Cells> rows;
  for (const Json& fibre : modes.at("fibre_coupling"))
    rows.push_back({cell(fibre, "offset_um"), cell(fibre, "wavelength_um"), cell(fibre, "loss_dB", "{:.3f}"),
                    cell(fibre, "te_loss_dB", "{:.3f}"), cell(fibre, "tm_loss_dB", "{:.3f}"),
                    cell(fibre, "reflection_loss_dB", "{:.3f}")});
  return rows.empty() ? ""
                      : aligned("Fibre (losses hold the reflection)",
                                {"offset um", "um", "dB", "TE", "TM", "reflection dB"}, rows);
}

std::string crossings_text(const Json& modes) {
  std::vector<Cells> rows;
  for (const Json& crossing : modes.at("crossings"))
    rows.push_back({cell(crossing, "angle_deg"), cell(crossing, "loss_dB"), cell(crossing, "diffraction_loss_dB"),
                    crossing.at("model").get<std::string>()});
  return rows.empty() ? "" : aligned("Crossings", {"degrees", "dB", "of it diffraction dB", "model"}, rows);
}

std::string polarisation_text(const Json& modes) {
  if (!modes.contains("birefringence"))
    return "";
  const Json& figures = modes.at("birefringence");
  return fmt::format("Polarisation: n_TE - n_TM {}, of the shape {}, added by stress {}, axes turned {} degrees; loss "
                     "differs by {} dB at the fibre, {} dB/cm at the smallest radius\n\n",
                     cell(figures, "total", "{:.3e}"), cell(figures, "shape", "{:.3e}"),
                     cell(figures, "stress", "{:.3e}"), cell(figures, "rotation_deg", "{:.2f}"),
                     cell(modes, "fibre_pdl_dB", "{:.3g}"), cell(modes, "bend_pdl_dB_per_cm", "{:.3g}"));
}

std::string losses_text(const Json& modes) {
  Cells terms;
  const auto add = [&](const char* key, const char* format, const char* meaning) {
    if (modes.contains(key))
      terms.push_back(cell(modes, key, format) + meaning);
  };
  add("propagation_loss_dB_per_cm", "{:.4g}", " dB/cm in the straight guide (by data)");
  add("fibre_coupling_loss_dB", "{:.3f}", " dB to the fibre");
  add("engine_coupling_loss_dB", "{:.3f}", " dB to the engine");
  return terms.empty() ? "" : fmt::format("Losses: {}\n", fmt::join(terms, ", "));
}

/// The rules and what each is derived from.
std::string rules_text(const Json& modes) {
  const Json& rules = modes.at("rules");
  Cells terms;
  if (rules.contains("min_bend_radius_mm"))
    terms.push_back(fmt::format("bend radius {} mm, where the radiation is {} dB/cm",
                                cell(rules, "min_bend_radius_mm", "{:.2f}"),
                                cell(rules, "bend_loss_budget_dB_per_cm")));
  if (rules.contains("min_pitch_um"))
    terms.push_back(fmt::format("pitch {} um, where {} mm side by side give {} dB of crosstalk",
                                cell(rules, "min_pitch_um", "{:.1f}"), cell(rules, "parallel_length_mm"),
                                cell(rules, "crosstalk_budget_dB")));
  return terms.empty() ? "" : fmt::format("Rules: {}; at the worst of the wavelengths\n", fmt::join(terms, "; "));
}

std::string taper_text(const Json& modes) {
  if (!modes.contains("taper"))
    return "";
  const Json& taper = modes.at("taper");
  return fmt::format(
      "Taper: {} dB TE, {} dB TM; strip and guide match at {} and {} um of width; radiation of the tip is "
      "left out\n\n",
      cell(taper, "te_loss_dB", "{:.3f}"), cell(taper, "tm_loss_dB", "{:.3f}"),
      cell(taper, "te_match_width_um", "{:.3f}"), cell(taper, "tm_match_width_um", "{:.3f}"));
}

/// Figures without a value, those of one reason together.
std::string absent_text(const Json& modes) {
  std::map<std::string, std::string> figures_by_reason;
  for (const auto& [figure, reason] : modes.at("absent").items()) {
    std::string& figures = figures_by_reason[reason.get<std::string>()];
    figures += (figures.empty() ? "" : ", ") + figure;
  }
  std::string text;
  for (const auto& [reason, figures] : figures_by_reason)
    text += fmt::format("absent   {}: {}\n", figures, reason);
  return text;
}

std::string unguided_text(const Json& modes) {
  std::string text = fmt::format("no guided mode found at {} um: the guide is below cut-off\n",
                                 fmt::join(modes.at("wavelengths_um").get<std::vector<double>>(), ", "));
  if (modes.contains("nearest_recipe")) {
    const Json& nearest = modes.at("nearest_recipe");
    text += fmt::format("the library's nearest recipe that guides in {} there: {} (peak delta n {}, n_eff {})\n",
                        nearest.at("glass").get<std::string>(), nearest.at("name").get<std::string>(),
                        cell(nearest, "peak_delta_n", "{:.5f}"), cell(nearest, "effective_index", "{:.6f}"));
  }
  return text + "\n";
}

} // namespace

std::string modes_table(const Json& modes) {
  std::string text = modes.at("guided").get<bool>() ? "" : unguided_text(modes);
  text += profile_text(modes) + modes_text(modes) + bends_text(modes) + couplers_text(modes) + fibre_text(modes) +
          crossings_text(modes) + taper_text(modes) + polarisation_text(modes) + losses_text(modes) + rules_text(modes);
  for (const Json& warning : modes.at("warnings"))
    text += "warning  " + warning.get<std::string>() + "\n";
  return wrapped_text(text + absent_text(modes), 9, 100);
}

} // namespace beachfront::study
