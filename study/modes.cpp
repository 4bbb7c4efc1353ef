// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/modes.hpp"

#include "study/read_blocks.hpp"

#include <fmt/core.h>

#include <map>

namespace beachfront::study {

namespace {

Json profile_json(const optics::ProfileSize& size) {
  return {{"peak_delta_n", size.peak_delta_n},
          {"peak_depth_um", size.peak_depth_um},
          {"fwhm_x_um", size.fwhm_x_um},
          {"fwhm_y_um", size.fwhm_y_um}};
}

} // namespace

Json modes_json(const Tree& resolved) {
  const optics::WaveguideFigures figures = optics::solve_waveguide(read_waveguide(resolved.root(), resolved.file));
  if (!figures.errors.empty())
    throw InputError({resolved.file, 0, 0}, "", figures.errors.front());

  Json json = {{"guided", figures.effective_index.has_value()}};
  if (figures.profile)
    json["profile"] = profile_json(*figures.profile);
  json["modes"] = Json::array();
  for (const optics::ModeFigures& mode : figures.modes)
    json["modes"].push_back({{"wavelength_um", mode.wavelength_um},
                             {"polarization", mode.polarization},
                             {"effective_index", mode.effective_index},
                             {"group_index", mode.group_index},
                             {"mode_field_diameter_x_um", mode.mode_field_diameter_x_um},
                             {"mode_field_diameter_y_um", mode.mode_field_diameter_y_um},
                             {"effective_area_um2", mode.effective_area_um2},
                             {"mode_count", mode.mode_count},
                             {"error_estimate", mode.error_estimate}});
  json["bends"] = Json::array();
  for (const optics::BendFigures& bend : figures.bends)
    json["bends"].push_back({{"radius_mm", bend.radius_mm},
                             {"loss_dB_per_cm", bend.loss_dB_per_cm},
                             {"joint_loss_dB", bend.joint_loss_dB},
                             {"guiding", bend.guiding}});
  json["couplers"] = Json::array();
  for (const optics::CouplerFigures& coupler : figures.couplers)
    json["couplers"].push_back({{"gap_um", coupler.gap_um},
                                {"index_splitting", coupler.index_splitting},
                                {"coupling_length_mm", coupler.coupling_length_mm},
                                {"crosstalk_dB", coupler.crosstalk_dB}});
  json["fibre_coupling"] = Json::array();
  for (const optics::FibreFigures& fibre : figures.fibre_coupling)
    json["fibre_coupling"].push_back({{"offset_um", fibre.offset_um}, {"loss_dB", fibre.loss_dB}});
  const auto add = [&](const char* key, const std::optional<double>& value) {
    if (value)
      json[key] = *value;
  };
  add("min_bend_radius_mm", figures.min_bend_radius_mm);
  add("min_pitch_um", figures.min_pitch_um);
  add("error_estimate", figures.error_estimate);
  json["warnings"] = figures.warnings;
  json["absent"] = Json::object();
  for (const optics::AbsentFigure& absent : figures.absent)
    json["absent"][absent.figure] = absent.reason;
  return json;
}

std::string modes_table(const Json& modes) {
  std::string text = modes.at("guided").get<bool>() ? "" : "no guided mode found\n";
  const auto number = [](const Json& row, const char* key) { return row.at(key).get<double>(); };
  if (modes.contains("profile")) {
    const Json& profile = modes.at("profile");
    text += fmt::format("profile   peak delta n {:.5f} at {:.2f} um depth, FWHM {:.2f} x {:.2f} um\n",
                        number(profile, "peak_delta_n"), number(profile, "peak_depth_um"), number(profile, "fwhm_x_um"),
                        number(profile, "fwhm_y_um"));
  }
  for (const Json& mode : modes.at("modes"))
    text += fmt::format("mode      {:.3f} um  n_eff {:.6f} (+-{:.1e})  n_g {:.5f}  MFD {:.2f} x {:.2f} um  area {:.1f} "
                        "um2  modes {}\n",
                        number(mode, "wavelength_um"), number(mode, "effective_index"), number(mode, "error_estimate"),
                        number(mode, "group_index"), number(mode, "mode_field_diameter_x_um"),
                        number(mode, "mode_field_diameter_y_um"), number(mode, "effective_area_um2"),
                        mode.at("mode_count").get<int>());
  for (const Json& bend : modes.at("bends"))
    text += fmt::format("bend      R {:.2f} mm  {:.4g} dB/cm  joint {:.4g} dB{}\n", number(bend, "radius_mm"),
                        number(bend, "loss_dB_per_cm"), number(bend, "joint_loss_dB"),
                        bend.at("guiding").get<bool>() ? "" : "  (no mode survives this bend)");
  for (const Json& coupler : modes.at("couplers"))
    text += fmt::format("neighbour {:.1f} um  splitting {:.3e}  full transfer in {:.4g} mm  crosstalk {:.1f} dB\n",
                        number(coupler, "gap_um"), number(coupler, "index_splitting"),
                        number(coupler, "coupling_length_mm"), number(coupler, "crosstalk_dB"));
  for (const Json& fibre : modes.at("fibre_coupling"))
    text +=
        fmt::format("fibre     offset {:.2f} um  {:.3f} dB\n", number(fibre, "offset_um"), number(fibre, "loss_dB"));
  if (modes.contains("min_bend_radius_mm"))
    text += fmt::format("rules     bend radius {:.2f} mm", number(modes, "min_bend_radius_mm"));
  if (modes.contains("min_pitch_um"))
    text += fmt::format("  pitch {:.1f} um", number(modes, "min_pitch_um"));
  text += "\n";
  for (const Json& warning : modes.at("warnings"))
    text += "warning   " + warning.get<std::string>() + "\n";
  std::map<std::string, std::string> figures_by_reason;
  for (const auto& [figure, reason] : modes.at("absent").items()) {
    std::string& figures = figures_by_reason[reason.get<std::string>()];
    figures += (figures.empty() ? "" : ", ") + figure;
  }
  for (const auto& [reason, figures] : figures_by_reason)
    text += fmt::format("absent    {}: {}\n", figures, reason);
  return text;
}

} // namespace beachfront::study
